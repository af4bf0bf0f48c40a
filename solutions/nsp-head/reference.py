"""BERT's next-sentence prediction (Devlin et al. 2018, §3.1, §A.2)."""

import torch
from torch import Tensor, nn
from torch.nn import functional

IGNORED = -100  # the label of a token that was not selected


class Pooler(nn.Module):
    """One vector for the whole input: tanh(W·h + b) of the first token."""

    def __init__(self, d_model: int):
        super().__init__()
        self.dense = nn.Linear(d_model, d_model)

    def forward(self, hidden: Tensor) -> Tensor:
        """Shapes: hidden (B, T, d_model) -> (B, d_model)."""
        return torch.tanh(self.dense(hidden[:, 0]))


class NSPHead(nn.Module):
    """Does B follow A? Class 0 says yes, class 1 that B is random."""

    def __init__(self, d_model: int):
        super().__init__()
        self.pooler = Pooler(d_model)
        self.classifier = nn.Linear(d_model, 2)

    def forward(self, hidden: Tensor) -> Tensor:
        """Shapes: hidden (B, T, d_model) -> logits (B, 2)."""
        return self.classifier(self.pooler(hidden))


def pretraining_loss(
    mlm_logits: Tensor,
    mlm_labels: Tensor,
    nsp_logits: Tensor,
    is_next: Tensor,
) -> Tensor:
    """The sum of both losses, each a mean over what it predicts.

    Shapes: mlm_logits (B, T, V), mlm_labels (B, T), nsp_logits (B, 2),
    is_next (B,) boolean -> ().
    """
    mlm_sum = functional.cross_entropy(
        mlm_logits.flatten(0, 1),  # (B·T, V)
        mlm_labels.flatten(),  # (B·T,)
        ignore_index=IGNORED,
        reduction="sum",
    )
    selected = (mlm_labels != IGNORED).sum()
    mlm_loss = mlm_sum / selected.clamp(min=1)
    nsp_labels = (~is_next).long()  # True, "B follows A", is class 0
    return mlm_loss + functional.cross_entropy(nsp_logits, nsp_labels)
