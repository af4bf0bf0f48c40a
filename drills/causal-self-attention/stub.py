from torch import Tensor, nn


class CausalSelfAttention(nn.Module):
    """c_attn: nn.Linear(d_model, 3 * d_model), c_proj: nn.Linear(d_model, d_model)."""

    def __init__(self, d_model: int, num_heads: int):
        super().__init__()
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """x (B, T, d_model) -> (B, T, d_model)."""
        raise NotImplementedError
