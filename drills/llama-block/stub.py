from torch import Tensor, nn


class LlamaBlock(nn.Module):
    """input_layernorm, self_attn, post_attention_layernorm, mlp."""

    def __init__(self, d_model: int, num_heads: int, num_kv_heads: int, d_ff: int, eps: float = 1e-6):
        super().__init__()
        raise NotImplementedError

    def forward(
        self, x: Tensor, cos: Tensor, sin: Tensor, cache: tuple[Tensor, Tensor] | None = None
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """x (B, T, d_model), cos, sin (T, d_k / 2) -> y (B, T, d_model), cache (2 × (B, G, S + T, d_k))."""
        raise NotImplementedError
