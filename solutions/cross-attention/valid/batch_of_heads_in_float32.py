import torch
from torch import nn


class CrossAttention(nn.Module):
    def __init__(self, d_model, d_memory, num_heads):
        super().__init__()
        if d_model % num_heads:
            raise ValueError("d_model must be divisible by num_heads")
        self.num_heads = num_heads
        self.W_q = nn.Linear(d_model, d_model, bias=False)
        self.W_k = nn.Linear(d_memory, d_model, bias=False)
        self.W_v = nn.Linear(d_memory, d_model, bias=False)
        self.W_o = nn.Linear(d_model, d_model, bias=False)

    def forward(self, x, memory, memory_mask=None):
        B, T, D = x.shape
        H, S = self.num_heads, memory.shape[1]

        def to_heads(projected, length):
            cut = projected.reshape(B, length, H, D // H).permute(0, 2, 1, 3)
            return cut.reshape(B * H, length, D // H)

        q = to_heads(self.W_q(x), T)
        k, v = to_heads(self.W_k(memory), S), to_heads(self.W_v(memory), S)
        scores = torch.bmm(q, k.mT) * (D // H) ** -0.5
        scores = scores.to(torch.promote_types(scores.dtype, torch.float32))
        if memory_mask is not None:
            bias = torch.zeros(B, 1, S, dtype=scores.dtype)
            bias = bias.masked_fill(~memory_mask[:, None], -1e9)
            scores = scores + bias.repeat_interleave(H, dim=0)
        p = scores.softmax(-1).to(v.dtype)
        out = torch.bmm(p, v).view(B, H, T, -1).transpose(1, 2).reshape(B, T, D)
        out = self.W_o(out)
        if memory_mask is not None:
            some = memory_mask.any(1)[:, None, None]
            out = torch.where(some, out, torch.zeros_like(out))
        return out
