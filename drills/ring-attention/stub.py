from torch import Tensor


def ring_attention(q: Tensor, k: Tensor, v: Tensor, causal: bool = False) -> Tensor:
    """This rank's q, k (B, H, T, d_k), v (B, H, T, d_v) -> attention over all ranks' keys (B, H, T, d_v)."""
    raise NotImplementedError
