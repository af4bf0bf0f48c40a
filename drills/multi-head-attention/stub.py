from torch import Tensor, nn


class MultiHeadAttention(nn.Module):
    """W_q, W_k, W_v, W_o: nn.Linear(d_model, d_model, bias=False); d_k = d_model / num_heads."""

    def __init__(self, d_model: int, num_heads: int):
        super().__init__()
        raise NotImplementedError

    def forward(self, query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None = None) -> Tensor:
        """query (B, T_q, d_model), key and value (B, T_k, d_model) -> (B, T_q, d_model)."""
        raise NotImplementedError
