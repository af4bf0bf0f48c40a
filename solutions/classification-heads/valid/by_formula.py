"""All losses written out: squares, logsumexp, softplus."""

import torch
import torch.nn.functional as F
from torch import nn


class SequenceClassifier(nn.Module):
    def __init__(self, d_model, num_labels):
        super().__init__()
        self.dense = nn.Linear(d_model, d_model)
        self.classifier = nn.Linear(d_model, num_labels)

    def forward(self, hidden):
        return self.classifier(self.dense(hidden[:, 0, :]).tanh())

    def loss(self, hidden, labels):
        z = self(hidden)
        if z.size(1) == 1:
            return ((z[:, 0] - labels) ** 2).mean()
        if labels.ndim == 1:
            return (z.logsumexp(1) - z.gather(1, labels[:, None])[:, 0]).mean()
        return torch.where(labels == 1, F.softplus(-z), F.softplus(z)).mean()


class TokenClassifier(nn.Module):
    def __init__(self, d_model, num_labels):
        super().__init__()
        self.classifier = nn.Linear(d_model, num_labels)

    def forward(self, hidden):
        return self.classifier(hidden)

    def loss(self, hidden, labels):
        counts = labels != -100
        z, y = self(hidden)[counts], labels[counts]
        return (z.logsumexp(1) - z.gather(1, y[:, None])[:, 0]).sum() / max(
            len(y), 1
        )
