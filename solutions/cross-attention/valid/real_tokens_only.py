import torch
from torch import nn


class CrossAttention(nn.Module):
    """No mask: each sequence attends to its real tokens, picked out."""

    def __init__(self, d_model, d_memory, num_heads):
        super().__init__()
        self.d_k = d_model // num_heads
        self.W_q, self.W_o = (nn.Linear(d_model, d_model, False) for _ in "qo")
        self.W_k, self.W_v = (nn.Linear(d_memory, d_model, False) for _ in "kv")

    def forward(self, x, memory, memory_mask=None):
        results = []
        for b in range(x.shape[0]):
            source = memory[b]
            if memory_mask is not None:
                source = source[memory_mask[b]]
            if len(source) == 0:
                results.append(torch.zeros_like(x[b]))
                continue
            q, k, v = self.W_q(x[b]), self.W_k(source), self.W_v(source)
            parts = [part.split(self.d_k, -1) for part in (q, k, v)]
            joined = [
                torch.softmax(qh @ kh.T / self.d_k**0.5, -1) @ vh
                for qh, kh, vh in zip(*parts)
            ]
            results.append(torch.cat(joined, -1))
        return self.W_o(torch.stack(results))
