from torch import Tensor, nn


class DecoderLayer(nn.Module):
    """self_attention, cross_attention (W_q, W_k, W_v, W_o), feed_forward (W_1, W_2), norm_1 to norm_3."""

    def __init__(self, d_model: int, num_heads: int, d_ff: int):
        super().__init__()
        raise NotImplementedError

    def forward(
        self,
        x: Tensor,
        memory: Tensor,
        self_mask: Tensor | None = None,
        memory_mask: Tensor | None = None,
    ) -> Tensor:
        """x (B, T, d_model), memory (B, S, d_model), masks to (B, T, T) and (B, T, S) -> (B, T, d_model)."""
        raise NotImplementedError
