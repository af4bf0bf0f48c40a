import torch
from torch import nn


class MultiHeadAttention(nn.Module):
    def __init__(self, d_model, num_heads):
        if d_model % num_heads:
            raise ValueError("num_heads must divide d_model")
        super().__init__()
        self.h, self.d_k = num_heads, d_model // num_heads
        for name in ("W_q", "W_k", "W_v", "W_o"):
            setattr(self, name, nn.Linear(d_model, d_model, bias=False))

    def forward(self, query, key, value, mask=None):
        per_head = [
            linear.weight.view(self.h, self.d_k, -1)
            for linear in (self.W_q, self.W_k, self.W_v)
        ]
        q, k, v = (
            torch.einsum("btd,hed->bhte", x, w)
            for x, w in zip((query, key, value), per_head, strict=True)
        )
        scores = torch.einsum("bhqe,bhke->bhqk", q * self.d_k**-0.5, k)
        if mask is None:
            weights = scores.softmax(-1)
        else:
            allowed = mask.expand(query.size(0), query.size(1), key.size(1))[
                :, None
            ]
            weights = scores.masked_fill(~allowed, -1e30).softmax(-1) * allowed
        heads = torch.einsum("bhqk,bhke->bqhe", weights, v)
        return torch.einsum(
            "bqhe,dhe->bqd", heads, self.W_o.weight.view(-1, self.h, self.d_k)
        )
