from torch import Tensor, nn


class Transformer(nn.Module):
    """embedding, encoder and decoder (nn.ModuleList), names inside as the task says."""

    def __init__(
        self,
        vocab_size: int,
        d_model: int,
        num_heads: int,
        d_ff: int,
        num_layers: int,
        pad_id: int,
        bos_id: int,
    ):
        super().__init__()
        raise NotImplementedError

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """source (B, S) and target (B, T) of ids -> logits (B, T, vocab_size)."""
        raise NotImplementedError
