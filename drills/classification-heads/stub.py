from torch import Tensor, nn


class SequenceClassifier(nn.Module):
    """dense and tanh on the first token, then classifier."""

    def __init__(self, d_model: int, num_labels: int):
        super().__init__()
        raise NotImplementedError

    def forward(self, hidden: Tensor) -> Tensor:
        """hidden (B, T, d_model) -> logits (B, num_labels)."""
        raise NotImplementedError

    def loss(self, hidden: Tensor, labels: Tensor) -> Tensor:
        """labels (B,) or (B, num_labels) -> scalar."""
        raise NotImplementedError


class TokenClassifier(nn.Module):
    """classifier on every token."""

    def __init__(self, d_model: int, num_labels: int):
        super().__init__()
        raise NotImplementedError

    def forward(self, hidden: Tensor) -> Tensor:
        """hidden (B, T, d_model) -> logits (B, T, num_labels)."""
        raise NotImplementedError

    def loss(self, hidden: Tensor, labels: Tensor) -> Tensor:
        """labels (B, T), -100 where a token does not count -> scalar."""
        raise NotImplementedError
