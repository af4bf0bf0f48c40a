import math

import torch
from torch import nn


class MultiHeadAttention(nn.Module):
    """Head by head in a Python loop; each head's share of W_o is added up instead of concatenating."""

    def __init__(self, d_model, num_heads):
        super().__init__()
        self.num_heads = num_heads
        self.d_k, rest = divmod(d_model, num_heads)
        if rest:
            raise ValueError("d_model % num_heads must be 0")
        self.W_o = nn.Linear(d_model, d_model, bias=False)
        self.W_v = nn.Linear(d_model, d_model, bias=False)
        self.W_k = nn.Linear(d_model, d_model, bias=False)
        self.W_q = nn.Linear(d_model, d_model, bias=False)

    def forward(self, query, key, value, mask=None):
        qs = self.W_q(query).split(self.d_k, dim=-1)
        ks = self.W_k(key).chunk(self.num_heads, dim=-1)
        vs = self.W_v(value).tensor_split(self.num_heads, dim=-1)
        shares = self.W_o.weight.split(self.d_k, dim=1)
        total = 0
        for q, k, v, share in zip(qs, ks, vs, shares, strict=True):
            scores = torch.bmm(q, k.mT).div(math.sqrt(self.d_k))
            if mask is not None:
                scores = scores + torch.zeros_like(scores).masked_fill(
                    mask.logical_not(), -1e9
                )
            weights = torch.softmax(scores, dim=2)
            if mask is not None:
                weights = weights.where(mask.any(-1, keepdim=True), 0.0)
            total = total + weights @ v @ share.T
        return total
