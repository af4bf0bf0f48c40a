"""F.pad for mask and labels, a stack of rows for the start."""

import random

import torch
import torch.nn.functional as F
from torch import nn


class SoftPrompt(nn.Module):
    def __init__(self, embedding, length, init_ids=None):
        super().__init__()
        embedding.weight.requires_grad = False
        self.embedding = embedding
        vocabulary = embedding.weight.shape[0]
        if init_ids is None:
            init_ids = [random.randrange(vocabulary) for _ in range(length)]
        else:
            init_ids = (init_ids.tolist() * length)[:length]
        rows = [embedding.weight.data[i] for i in init_ids]
        self.prompt = nn.Parameter(torch.stack(rows))

    def forward(self, ids, mask=None, labels=None):
        P = self.prompt.shape[0]
        tokens = F.embedding(ids, self.embedding.weight)
        out = tokens.new_empty(ids.shape[0], P + ids.shape[1], tokens.shape[2])
        out[:, :P] = self.prompt
        out[:, P:] = tokens
        if mask is None:
            mask = torch.ones(ids.shape, dtype=torch.int64, device=ids.device)
        kind = mask.dtype
        mask = F.pad(mask.long(), (P, 0), value=1).to(kind)
        if labels is not None:
            labels = F.pad(labels, (P, 0), value=-100)
        return out, mask, labels
