import torch
from torch import Tensor


def sample(logits: Tensor, temperature: float, generator: torch.Generator | None = None) -> Tensor:
    """One token per row: logits (..., V) -> int64 (...)."""
    raise NotImplementedError
