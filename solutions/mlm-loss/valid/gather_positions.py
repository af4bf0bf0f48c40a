"""Flat positions are gathered, log-softmax is written out with logsumexp."""

import torch
from torch import nn


class MLMHead(nn.Module):
    def __init__(self, embedding):
        super().__init__()
        size, width = embedding.num_embeddings, embedding.embedding_dim
        self.dense = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width, 1e-12)
        self.decoder = nn.Linear(width, size)
        self.decoder.weight = embedding.weight
        self.decoder.bias.data.zero_()

    def forward(self, hidden):
        x = self.dense(hidden)
        x = 0.5 * x * (1 + torch.erf(x / 2**0.5))
        return self.norm(x) @ self.decoder.weight.T + self.decoder.bias

    def loss(self, hidden, labels):
        flat = labels.reshape(-1)
        places = torch.where(flat != -100)[0]
        picked = hidden.reshape(-1, hidden.shape[-1]).index_select(0, places)
        logits = self(picked)
        right = logits.gather(1, flat[places, None]).squeeze(1)
        return (logits.logsumexp(-1) - right).sum() / max(1, len(places))
