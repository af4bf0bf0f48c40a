from collections.abc import Sequence

from torch import Tensor, nn


class MultiTokenPrediction(nn.Module):
    """norm_hidden, norm_embedding, projection (2·d_model -> d_model); embedding, block, head as given."""

    def __init__(self, d_model: int, embedding: nn.Module, block: nn.Module, head: nn.Module):
        super().__init__()
        raise NotImplementedError

    def forward(self, hidden: Tensor, tokens: Tensor) -> tuple[Tensor, Tensor]:
        """hidden (B, L, d_model), tokens (B, L) -> new hidden (B, L, d_model), logits (B, L, V)."""
        raise NotImplementedError


def mtp_loss(modules: Sequence[MultiTokenPrediction], hidden: Tensor, ids: Tensor, weight: float) -> Tensor:
    """hidden (B, T, d_model) of the main model, ids (B, T) -> scalar."""
    raise NotImplementedError
