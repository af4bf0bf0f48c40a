"""Min-p filter (Nguyen et al. 2024, §3)."""

import torch
from torch import Tensor


def min_p_filter(logits: Tensor, min_p: float) -> Tensor:
    """Keep the tokens at least `min_p` times as likely as the likeliest one.

    Shapes: (..., V) -> (..., V); the other logits become -inf.
    """
    probabilities = logits.softmax(dim=-1, dtype=torch.float32)
    # high where the model is sure, low where it is not
    limit = min_p * probabilities.amax(dim=-1, keepdim=True)  # (..., 1)
    return logits.masked_fill(probabilities < limit, -torch.inf)
