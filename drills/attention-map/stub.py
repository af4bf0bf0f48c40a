from torch import Tensor


def attention_map(x: Tensor, W_q: Tensor, W_k: Tensor) -> Tensor:
    """x (..., T, d), W_q and W_k (d, d_k) -> weights (..., T, T)."""
    raise NotImplementedError


def merge(W_q: Tensor, W_k: Tensor) -> Tensor:
    """(d, d_k), (d, d_k) -> M (d, d)."""
    raise NotImplementedError


def merged_attention_map(x: Tensor, M: Tensor, d_k: int) -> Tensor:
    """x (..., T, d), M (d, d) -> weights (..., T, T)."""
    raise NotImplementedError


def split(M: Tensor, d_k: int) -> tuple[Tensor, Tensor]:
    """M (d, d) -> W_q, W_k, both (d, d_k)."""
    raise NotImplementedError


def costs(d: int, d_k: int, num_heads: int) -> dict[str, tuple[int, int]]:
    """ "parameters", "score", "cache": (two matrices per head, one M per head), summed over the heads."""
    raise NotImplementedError
