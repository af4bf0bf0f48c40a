"""Heads for fine-tuning BERT (Devlin et al. 2018, §4.1 and §5.3)."""

import torch
from torch import Tensor, nn
from torch.nn import functional

IGNORED = -100  # the label of a token that does not count


class SequenceClassifier(nn.Module):
    """One decision, or one number, for the whole sequence."""

    def __init__(self, d_model: int, num_labels: int):
        super().__init__()
        self.num_labels = num_labels
        self.dense = nn.Linear(d_model, d_model)
        self.classifier = nn.Linear(d_model, num_labels)

    def forward(self, hidden: Tensor) -> Tensor:
        """Shapes: hidden (B, T, d_model) -> logits (B, num_labels)."""
        first = hidden[:, 0]  # (B, d_model), the state of [CLS]
        return self.classifier(torch.tanh(self.dense(first)))

    def loss(self, hidden: Tensor, labels: Tensor) -> Tensor:
        """The shape of the labels tells the task.

        Shapes: hidden (B, T, d_model), labels (B,) or (B, num_labels) -> ().
        """
        logits = self(hidden)
        if self.num_labels == 1:
            # (B,) against (B,): (B, 1) would broadcast to (B, B)
            return functional.mse_loss(logits.squeeze(-1), labels)
        if labels.dim() == 1:
            return functional.cross_entropy(logits, labels)
        return functional.binary_cross_entropy_with_logits(
            logits, labels.to(logits.dtype)
        )


class TokenClassifier(nn.Module):
    """One decision for each token, as in named-entity recognition."""

    def __init__(self, d_model: int, num_labels: int):
        super().__init__()
        self.classifier = nn.Linear(d_model, num_labels)

    def forward(self, hidden: Tensor) -> Tensor:
        """Shapes: hidden (B, T, d_model) -> logits (B, T, num_labels)."""
        return self.classifier(hidden)

    def loss(self, hidden: Tensor, labels: Tensor) -> Tensor:
        """Mean cross-entropy over the tokens that count.

        Shapes: hidden (B, T, d_model), labels (B, T) -> ().
        """
        total = functional.cross_entropy(
            self(hidden).flatten(0, 1),  # (B·T, num_labels)
            labels.flatten(),  # (B·T,)
            ignore_index=IGNORED,
            reduction="sum",
        )
        return total / (labels != IGNORED).sum().clamp(min=1)
