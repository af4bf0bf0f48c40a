from torch import Tensor, nn


class Llama(nn.Module):
    """embed_tokens, layers, norm, lm_head."""

    def __init__(
        self,
        vocab_size: int,
        d_model: int,
        num_layers: int,
        num_heads: int,
        num_kv_heads: int,
        d_ff: int,
        base: float = 10000.0,
        eps: float = 1e-6,
        tied: bool = False,
    ):
        super().__init__()
        raise NotImplementedError

    def forward(self, ids: Tensor) -> Tensor:
        """ids (B, T) -> logits (B, T, vocab_size)."""
        raise NotImplementedError
