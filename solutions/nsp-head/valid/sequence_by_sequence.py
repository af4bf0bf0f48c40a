"""A loop over the sequences, with sums and counts kept by hand."""

import torch
from torch import nn


class Pooler(nn.Module):
    def __init__(self, d_model):
        super().__init__()
        self.dense = nn.Linear(d_model, d_model)

    def forward(self, hidden):
        return torch.stack(
            [torch.tanh(self.dense(sequence[0])) for sequence in hidden]
        )


class NSPHead(nn.Module):
    def __init__(self, d_model):
        super().__init__()
        self.pooler = Pooler(d_model)
        self.classifier = nn.Linear(d_model, 2)

    def forward(self, hidden):
        return self.classifier(self.pooler(hidden))


def pretraining_loss(mlm_logits, mlm_labels, nsp_logits, is_next):
    mlm, count, nsp = 0.0 * mlm_logits.sum(), 0, 0.0
    for rows, labels, pair, follows in zip(
        mlm_logits, mlm_labels, nsp_logits, is_next.tolist()
    ):
        for row, label in zip(rows, labels.tolist()):
            if label != -100:
                mlm = mlm + row.logsumexp(0) - row[label]
                count += 1
        nsp = nsp + pair.logsumexp(0) - pair[0 if follows else 1]
    return mlm / max(count, 1) + nsp / len(nsp_logits)
