from torch import Tensor


def linear_attention(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """Causal: q, k (..., T, d_k), v (..., T, d_v) -> (..., T, d_v)."""
    raise NotImplementedError


def linear_attention_step(
    q: Tensor, k: Tensor, v: Tensor, state: tuple[Tensor, Tensor] | None = None
) -> tuple[Tensor, tuple[Tensor, Tensor]]:
    """q, k (..., d_k), v (..., d_v), state (..., d_k, d_v) and (..., d_k) -> (..., d_v), new state."""
    raise NotImplementedError
