import torch
from torch import nn


class CrossAttention(nn.Module):
    def __init__(self, d_model, d_memory, num_heads):
        super().__init__()
        self.W_o = nn.Linear(d_model, d_model, bias=False)
        self.W_v = nn.Linear(d_memory, d_model, bias=False)
        self.W_k = nn.Linear(d_memory, d_model, bias=False)
        self.W_q = nn.Linear(d_model, d_model, bias=False)
        self.heads, self.width = num_heads, d_model // num_heads

    def forward(self, x, memory, memory_mask=None):
        shape = (self.heads, self.width)
        q = self.W_q(x).unflatten(2, shape) * self.width**-0.5
        k = self.W_k(memory).unflatten(2, shape)
        v = self.W_v(memory).unflatten(2, shape)
        s = torch.einsum("bthd,bshd->bhts", q, k)
        if memory_mask is None:
            memory_mask = torch.ones(memory.shape[:2], dtype=torch.bool)
        s = torch.where(memory_mask[:, None, None, :], s, -1e30)
        w = s.softmax(-1) * memory_mask[:, None, None, :]
        return self.W_o(torch.einsum("bhts,bshd->bthd", w, v).flatten(2))
