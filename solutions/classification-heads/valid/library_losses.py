"""Loss objects of torch, labels given their axis instead of logits losing theirs, an early return."""

import torch
from torch import nn


class SequenceClassifier(nn.Module):
    def __init__(self, d_model, num_labels):
        super().__init__()
        self.num_labels = num_labels
        self.dense = nn.Linear(d_model, d_model)
        self.activation = nn.Tanh()
        self.classifier = nn.Linear(d_model, num_labels)

    def forward(self, hidden):
        pooled = self.activation(self.dense(hidden))[:, 0]
        return self.classifier(pooled)

    def loss(self, hidden, labels):
        logits = self(hidden)
        if self.num_labels == 1:
            return nn.MSELoss()(logits, labels.unsqueeze(1))
        if labels.shape == logits.shape:
            return nn.BCEWithLogitsLoss()(logits, labels.type_as(logits))
        return nn.CrossEntropyLoss()(
            logits.view(-1, self.num_labels), labels.reshape(-1)
        )


class TokenClassifier(nn.Module):
    def __init__(self, d_model, num_labels):
        super().__init__()
        self.classifier = nn.Linear(d_model, num_labels)

    def forward(self, hidden):
        return self.classifier(hidden)

    def loss(self, hidden, labels):
        logits = self(hidden)
        if torch.all(labels == -100):
            return logits.sum() * 0
        return nn.CrossEntropyLoss(ignore_index=-100)(
            logits.transpose(1, 2), labels
        )
