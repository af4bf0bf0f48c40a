from torch import Tensor


def sliding_window_mask(T_q: int, T_k: int, window: int) -> Tensor:
    """(T_q, T_k) boolean, True = may attend; the queries are the last T_q positions."""
    raise NotImplementedError


def sliding_window_attention(q: Tensor, k: Tensor, v: Tensor, window: int) -> Tensor:
    """q, k (..., T, d_k), v (..., T, d_v) -> (..., T, d_v)."""
    raise NotImplementedError
