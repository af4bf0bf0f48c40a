"""Pooling by slicing with a kept axis, NSP against one-hot targets."""

import torch
import torch.nn.functional as F
from torch import nn


class Pooler(nn.Module):
    def __init__(self, d_model):
        super().__init__()
        self.dense = nn.Linear(d_model, d_model)
        self.activation = nn.Tanh()

    def forward(self, hidden):
        return self.activation(self.dense(hidden[:, :1, :])).squeeze(1)


class NSPHead(nn.Module):
    def __init__(self, d_model):
        super().__init__()
        self.pooler = Pooler(d_model)
        self.classifier = nn.Linear(d_model, 2)

    def forward(self, hidden):
        return self.classifier(self.pooler(hidden))


def pretraining_loss(mlm_logits, mlm_labels, nsp_logits, is_next):
    target = torch.stack([is_next, ~is_next], dim=1).to(nsp_logits.dtype)
    nsp = -(target * F.log_softmax(nsp_logits, dim=1)).sum(1).mean()
    if not (mlm_labels != -100).any():
        return nsp + 0 * mlm_logits.sum()
    return F.cross_entropy(mlm_logits.transpose(1, 2), mlm_labels) + nsp
