from torch import Tensor, nn


class SoftPrompt(nn.Module):
    """Trainable embeddings in front of those of the tokens; the embedding table is frozen."""

    def __init__(self, embedding: nn.Embedding, length: int, init_ids: Tensor | None = None):
        super().__init__()
        raise NotImplementedError

    def forward(
        self, ids: Tensor, mask: Tensor | None = None, labels: Tensor | None = None
    ) -> tuple[Tensor, Tensor, Tensor | None]:
        """ids, mask, labels (B, T) -> embeddings (B, P + T, d), mask (B, P + T), labels (B, P + T)."""
        raise NotImplementedError
