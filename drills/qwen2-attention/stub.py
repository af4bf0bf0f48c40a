from torch import Tensor, nn


class Qwen2Attention(nn.Module):
    """q_proj, k_proj, v_proj with bias, o_proj without."""

    def __init__(self, d_model: int, num_heads: int, num_kv_heads: int):
        super().__init__()
        raise NotImplementedError

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        """x (B, T, d_model), cos and sin (T, d_k / 2) -> (B, T, d_model)."""
        raise NotImplementedError
