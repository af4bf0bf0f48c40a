from torch import Tensor, nn


class MLMHead(nn.Module):
    """dense, GELU, norm, decoder (tied to the embedding)."""

    def __init__(self, embedding: nn.Embedding):
        super().__init__()
        raise NotImplementedError

    def forward(self, hidden: Tensor) -> Tensor:
        """hidden (..., d_model) -> logits (..., V)."""
        raise NotImplementedError

    def loss(self, hidden: Tensor, labels: Tensor) -> Tensor:
        """hidden (..., d_model), labels (...) with -100 where nothing is predicted -> scalar."""
        raise NotImplementedError
