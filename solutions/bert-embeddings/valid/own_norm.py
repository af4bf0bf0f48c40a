"""LayerNorm written out in float32, positions as a slice of the table."""

import torch
from torch import nn


class Norm(nn.Module):
    def __init__(self, width, eps):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.bias = nn.Parameter(torch.zeros(width))
        self.eps = eps

    def forward(self, x):
        wide = x.to(torch.promote_types(x.dtype, torch.float32))
        centred = wide - wide.mean(-1, keepdim=True)
        normed = centred * torch.rsqrt(
            centred.square().mean(-1, keepdim=True) + self.eps
        )
        return normed.to(x.dtype) * self.weight + self.bias


class BertEmbeddings(nn.Module):
    def __init__(
        self, vocab_size, d_model, max_length=512, num_segments=2, pad_id=0
    ):
        super().__init__()
        self.token = nn.Embedding(vocab_size, d_model, padding_idx=pad_id)
        self.position = nn.Embedding(max_length, d_model)
        self.segment = nn.Embedding(num_segments, d_model)
        self.norm = Norm(d_model, 1e-12)

    def forward(self, ids, segment_ids=None):
        x = self.token(ids) + self.position.weight[: ids.shape[1]]
        x = x + (
            self.segment.weight[0]
            if segment_ids is None
            else self.segment(segment_ids)
        )
        return self.norm(x)
