"""The cross-entropy is taken in at least float32 and cast back."""

import torch
import torch.nn.functional as F
from torch import nn


class MLMHead(nn.Module):
    def __init__(self, embedding):
        super().__init__()
        self.dense = nn.Linear(embedding.embedding_dim, embedding.embedding_dim)
        self.norm = nn.LayerNorm(embedding.embedding_dim, eps=1e-12)
        self.decoder = nn.Linear(
            embedding.embedding_dim, embedding.num_embeddings, bias=True
        )
        self.decoder.weight = embedding.weight
        with torch.no_grad():
            self.decoder.bias.fill_(0.0)

    def forward(self, hidden):
        return self.decoder(self.norm(F.gelu(self.dense(hidden))))

    def loss(self, hidden, labels):
        keep = (labels != -100).flatten()
        states, targets = hidden.flatten(0, -2)[keep], labels.flatten()[keep]
        logits = self(states)
        wide = logits.to(torch.promote_types(logits.dtype, torch.float32))
        losses = F.cross_entropy(wide, targets, reduction="none")
        return (losses.sum() / max(targets.numel(), 1)).to(hidden.dtype)
