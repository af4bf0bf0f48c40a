"""Log-probabilities picked out by indexing; the NSP loss as softplus of a difference."""

import torch.nn.functional as F
from torch import nn


class Pooler(nn.Module):
    def __init__(self, d_model):
        super().__init__()
        self.dense = nn.Linear(d_model, d_model)

    def forward(self, hidden):
        first = hidden.select(1, 0)
        return (first @ self.dense.weight.T + self.dense.bias).tanh()


class NSPHead(nn.Module):
    def __init__(self, d_model):
        super().__init__()
        self.pooler = Pooler(d_model)
        self.classifier = nn.Linear(d_model, 2)

    def forward(self, hidden):
        return self.classifier(self.pooler(hidden))


def pretraining_loss(mlm_logits, mlm_labels, nsp_logits, is_next):
    keep = mlm_labels != -100
    picked = mlm_logits[keep].log_softmax(-1)
    mlm = -picked.gather(1, mlm_labels[keep].unsqueeze(1)).sum() / max(
        int(keep.sum()), 1
    )
    margin = nsp_logits[:, 0] - nsp_logits[:, 1]  # for "follows"
    signed = margin.where(is_next, -margin)
    return mlm + F.softplus(-signed).mean()
