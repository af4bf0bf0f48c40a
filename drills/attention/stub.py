from torch import Tensor


def attention(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None = None) -> Tensor:
    """q (..., T_q, d_k), k (..., T_k, d_k), v (..., T_k, d_v), mask True = may attend -> (..., T_q, d_v)."""
    raise NotImplementedError
