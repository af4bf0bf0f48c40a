import torch
import torch.nn as nn
import torch.nn.functional as F


class MLP(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        self.gate_proj = nn.Linear(d, h, bias=False)
        self.up_proj = nn.Linear(d, h, bias=False)
        self.down_proj = nn.Linear(h, d, bias=False)

    def forward(self, x):
        return self.down_proj(F.silu(self.gate_proj(x)) * self.up_proj(x))


class DeepSeekMoE(nn.Module):
    def __init__(
        self,
        d_model,
        d_expert,
        num_shared,
        num_routed,
        top_k,
        routed_scaling=1.0,
    ):
        super().__init__()
        self.k, self.scale = top_k, routed_scaling
        self.shared_experts = MLP(d_model, d_expert * num_shared)
        self.experts = nn.ModuleList(
            [MLP(d_model, d_expert) for _ in range(num_routed)]
        )
        self.router = nn.Linear(d_model, num_routed, bias=False)

    def forward(self, x):
        s = F.softmax(self.router(x), dim=-1, dtype=torch.float32)
        keep = torch.zeros_like(s).scatter(-1, s.topk(self.k, -1).indices, 1.0)
        g = (s * keep * self.scale).to(x.dtype)
        routed = torch.zeros_like(x)
        for e, expert in enumerate(self.experts):
            rows = keep[..., e] > 0
            routed[rows] += g[..., e][rows][:, None] * expert(x[rows])
        return routed + self.shared_experts(x)
