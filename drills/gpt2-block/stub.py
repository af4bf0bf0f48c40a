from torch import Tensor, nn


class GPT2Block(nn.Module):
    """ln_1, attn (c_attn, c_proj), ln_2, mlp (c_fc, c_proj)."""

    def __init__(self, d_model: int, num_heads: int):
        super().__init__()
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """(B, T, d_model) -> (B, T, d_model), causal."""
        raise NotImplementedError
