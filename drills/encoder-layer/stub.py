from torch import Tensor, nn


class EncoderLayer(nn.Module):
    """self_attention (W_q, W_k, W_v, W_o), feed_forward (W_1, W_2), norm_1, norm_2."""

    def __init__(self, d_model: int, num_heads: int, d_ff: int):
        super().__init__()
        raise NotImplementedError

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        """x (B, T, d_model), mask broadcasting to (B, T, T), True = may attend -> (B, T, d_model)."""
        raise NotImplementedError
