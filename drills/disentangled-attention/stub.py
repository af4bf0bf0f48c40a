from torch import Tensor, nn


class DisentangledSelfAttention(nn.Module):
    """W_q, W_k, W_v for content, W_qr and W_kr for relative positions."""

    def __init__(self, d_model: int, num_heads: int):
        super().__init__()
        raise NotImplementedError

    def forward(self, x: Tensor, relative: Tensor, mask: Tensor | None = None) -> Tensor:
        """x (B, T, d_model), relative (2k, d_model), mask to (B, T, T) -> (B, T, d_model)."""
        raise NotImplementedError
