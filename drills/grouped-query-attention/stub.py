from torch import Tensor, nn


def grouped_attention(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """q (B, H, T, d_k), k and v (B, G, S, d_k), queries last and causal -> (B, H, T, d_k)."""
    raise NotImplementedError


class GroupedQueryAttention(nn.Module):
    """q_proj, k_proj, v_proj, o_proj without bias."""

    def __init__(self, d_model: int, num_heads: int, num_kv_heads: int):
        super().__init__()
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """x (B, T, d_model) -> (B, T, d_model)."""
        raise NotImplementedError
