import torch
import torch.nn as nn
import torch.nn.functional as F


class SwiGLU(nn.Module):
    def __init__(self, d, f):
        super().__init__()
        self.up_proj = nn.Linear(d, f, bias=False)
        self.gate_proj = nn.Linear(d, f, bias=False)
        self.down_proj = nn.Linear(f, d, bias=False)

    def forward(self, x):
        return self.down_proj(self.up_proj(x) * F.silu(self.gate_proj(x)))


class MixtureOfExperts(nn.Module):
    def __init__(self, d_model, d_ff, num_experts, top_k):
        super().__init__()
        self.k = top_k
        self.experts = nn.ModuleList(
            [SwiGLU(d_model, d_ff) for _ in range(num_experts)]
        )
        self.router = nn.Linear(d_model, num_experts, bias=False)

    def forward(self, x):
        flat = x.reshape(-1, x.shape[-1])
        probabilities = self.router(flat).float().softmax(-1)
        weights, ids = probabilities.topk(self.k, -1)
        weights = (weights / weights.sum(-1, keepdim=True)).to(x.dtype)
        order = ids.flatten().argsort(stable=True)
        counts = ids.flatten().bincount(minlength=len(self.experts)).tolist()
        rows = order // self.k
        parts = flat[rows].split(counts)
        outputs = torch.cat(
            [expert(part) for expert, part in zip(self.experts, parts)]
        )
        back = torch.empty_like(outputs)
        back = back.index_copy(0, order, outputs)
        back = back.view(-1, self.k, flat.size(-1))
        return (back * weights.unsqueeze(-1)).sum(1).reshape(x.shape)
