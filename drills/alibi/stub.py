from torch import Tensor


def alibi_slopes(num_heads: int) -> Tensor:
    """Number of heads n -> slopes (n,), float32."""
    raise NotImplementedError


def alibi_bias(num_heads: int, T_q: int, T_k: int) -> Tensor:
    """Heads, queries, keys -> what is added to the scores, float32 (num_heads, T_q, T_k)."""
    raise NotImplementedError
