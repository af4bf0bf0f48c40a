"""Top-k filter (Fan et al. 2018, §5.4)."""

import torch
from torch import Tensor


def top_k_filter(logits: Tensor, k: int) -> Tensor:
    """Keep the k largest logits of each row; the others become -inf.

    Shapes: (..., V) -> (..., V).
    """
    if k < 1:
        raise ValueError(f"k must be at least 1, is {k}")
    k = min(k, logits.size(-1))
    kth = logits.topk(k, dim=-1).values[..., -1:]  # (..., 1), the least kept
    return logits.masked_fill(logits < kth, -torch.inf)
