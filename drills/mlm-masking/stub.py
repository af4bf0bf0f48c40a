import torch
from torch import Tensor


def mask_tokens(
    ids: Tensor,
    special: Tensor,
    mask_id: int,
    vocab_size: int,
    probability: float = 0.15,
    generator: torch.Generator | None = None,
) -> tuple[Tensor, Tensor]:
    """ids, special (any shape) -> inputs and labels of that shape."""
    raise NotImplementedError
