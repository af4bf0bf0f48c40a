import torch
import torch.nn.functional as F
from torch import nn


def grouped_attention(q, k, v):
    wide = torch.promote_types(q.dtype, torch.float32)
    b, h, t, d = q.shape
    g, s = k.size(1), k.size(2)
    q = q.contiguous().view(b, g, h // g, t, d)
    scores = torch.einsum("bgmtd,bgsd->bgmts", q, k).to(wide) * d**-0.5
    i = torch.arange(t).unsqueeze(1) + (s - t)
    bias = torch.zeros(t, s, dtype=wide)
    bias.masked_fill_(torch.arange(s) > i, float("-inf"))
    p = F.softmax(scores + bias, dim=-1).to(v.dtype)
    return torch.einsum("bgmts,bgsd->bgmtd", p, v).reshape(b, h, t, d)


class GroupedQueryAttention(nn.Module):
    """Repeats k and v in the module, where a sequence is its own queries."""

    def __init__(self, d_model: int, num_heads: int, num_kv_heads: int):
        if num_heads % num_kv_heads > 0:
            raise ValueError
        super().__init__()
        self.h, self.g = num_heads, num_kv_heads
        w = d_model // num_heads
        self.q_proj = nn.Linear(d_model, self.h * w, bias=False)
        self.k_proj = nn.Linear(d_model, self.g * w, bias=False)
        self.v_proj = nn.Linear(d_model, self.g * w, bias=False)
        self.o_proj = nn.Linear(self.h * w, d_model, bias=False)

    def forward(self, x):
        q = self.q_proj(x).unflatten(2, (self.h, -1)).movedim(2, 1)
        k = self.k_proj(x).unflatten(2, (self.g, -1)).movedim(2, 1)
        v = self.v_proj(x).unflatten(2, (self.g, -1)).movedim(2, 1)
        k = k.repeat_interleave(self.h // self.g, dim=1)
        v = v.repeat_interleave(self.h // self.g, dim=1)
        return self.o_proj(grouped_attention(q, k, v).movedim(1, 2).flatten(2))
