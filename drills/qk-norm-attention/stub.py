from torch import Tensor, nn


class Qwen3Attention(nn.Module):
    """q_proj, k_proj, v_proj, o_proj without bias; q_norm, k_norm."""

    def __init__(self, d_model: int, num_heads: int, num_kv_heads: int, head_dim: int, eps: float = 1e-6):
        super().__init__()
        raise NotImplementedError

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        """x (B, T, d_model), cos and sin (T, head_dim / 2) -> (B, T, d_model)."""
        raise NotImplementedError
