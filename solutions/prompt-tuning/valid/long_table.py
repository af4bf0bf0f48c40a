"""Repeats the prompt, hstacks the rest."""

import torch
from torch import nn


class SoftPrompt(nn.Module):
    def __init__(self, embedding, length, init_ids=None):
        super().__init__()
        self.length = length
        self.embedding = embedding
        for parameter in embedding.parameters():
            parameter.requires_grad_(False)
        with torch.no_grad():
            weight = embedding.weight
            if init_ids is None:
                chance = torch.ones(weight.size(0))
                init_ids = torch.multinomial(chance, length, replacement=True)
            times = -(-length // init_ids.numel())
            start = weight.index_select(0, init_ids.repeat(times)[:length])
        self.prompt = nn.Parameter(start)

    def forward(self, ids, mask=None, labels=None):
        batch = len(ids)
        front = torch.full((batch, self.length), -100, dtype=torch.int64)
        embeddings = torch.hstack(
            [self.prompt[None].repeat(batch, 1, 1), self.embedding(ids)]
        )
        if mask is None:
            mask = torch.full_like(ids, 1)
        mask = torch.hstack([(front != 0).to(mask.dtype), mask])
        if labels is None:
            return embeddings, mask, None
        return embeddings, mask, torch.hstack([front.to(labels.dtype), labels])
