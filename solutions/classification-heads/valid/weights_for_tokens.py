"""The token loss with a 0/1 weight for each token; the sequence losses as one branch table."""

import torch.nn.functional as F
from torch import nn


class SequenceClassifier(nn.Module):
    def __init__(self, d_model, num_labels):
        super().__init__()
        self.dense, self.classifier = (
            nn.Linear(d_model, d_model),
            nn.Linear(d_model, num_labels),
        )

    def forward(self, hidden):
        return self.classifier(F.tanh(self.dense(hidden.select(1, 0))))

    def loss(self, hidden, labels):
        logits = self(hidden)
        if logits.shape[-1] == 1:
            error = logits.flatten() - labels
            return (error * error).sum() / len(error)
        target = (
            labels if labels.dim() == 2 else F.one_hot(labels, logits.shape[-1])
        )
        target = target.to(logits.dtype)
        if labels.dim() == 2:
            positive, negative = F.logsigmoid(logits), F.logsigmoid(-logits)
            return -(target * positive + (1 - target) * negative).mean()
        return -(target * logits.log_softmax(-1)).sum(-1).mean()


class TokenClassifier(nn.Module):
    def __init__(self, d_model, num_labels):
        super().__init__()
        self.classifier = nn.Linear(d_model, num_labels)

    def forward(self, hidden):
        return self.classifier(hidden)

    def loss(self, hidden, labels):
        log_probabilities = self(hidden).log_softmax(-1)
        counts = (labels != -100).to(log_probabilities.dtype)
        right = log_probabilities.gather(
            -1, labels.clamp(min=0).unsqueeze(-1)
        ).squeeze(-1)
        return -(right * counts).sum() / counts.sum().clamp(min=1)
