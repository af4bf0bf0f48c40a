from torch import Tensor, nn


class CrossAttention(nn.Module):
    """W_q, W_o: d_model -> d_model; W_k, W_v: d_memory -> d_model; nn.Linear with bias=False."""

    def __init__(self, d_model: int, d_memory: int, num_heads: int):
        super().__init__()
        raise NotImplementedError

    def forward(self, x: Tensor, memory: Tensor, memory_mask: Tensor | None = None) -> Tensor:
        """x (B, T, d_model), memory (B, S, d_memory), memory_mask (B, S) True = real -> (B, T, d_model)."""
        raise NotImplementedError
