from torch import Tensor, nn


class GPT(nn.Module):
    """wte, wpe, h (blocks: ln_1, attn, ln_2, mlp), ln_f, lm_head (tied to wte)."""

    def __init__(self, vocab_size: int, context_length: int, d_model: int, num_heads: int, num_layers: int):
        super().__init__()
        raise NotImplementedError

    def forward(self, ids: Tensor, targets: Tensor | None = None) -> tuple[Tensor, Tensor | None]:
        """ids (B, T) -> logits (B, T, vocab_size), and the mean loss if there are targets (B, T)."""
        raise NotImplementedError
