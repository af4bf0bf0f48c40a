import torch
from torch import Tensor


def verify(target: Tensor, draft: Tensor, tokens: Tensor, uniforms: Tensor) -> tuple[int, Tensor]:
    """target (K+1, V), draft (K, V), tokens, uniforms (K,) -> how many are accepted, what follows (V,)."""
    raise NotImplementedError


def speculative_step(
    target: Tensor, draft: Tensor, tokens: Tensor, generator: torch.Generator | None = None
) -> list[int]:
    """The accepted tokens and one more."""
    raise NotImplementedError
