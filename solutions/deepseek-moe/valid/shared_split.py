import torch
from torch import nn
from torch.nn.functional import linear, silu


class Ffn(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        self.up_proj = nn.Linear(d, h, bias=False)
        self.gate_proj = nn.Linear(d, h, bias=False)
        self.down_proj = nn.Linear(h, d, bias=False)

    def forward(self, x, units=slice(None)):
        h = silu(linear(x, self.gate_proj.weight[units]))
        h = h * linear(x, self.up_proj.weight[units])
        return linear(h, self.down_proj.weight[:, units])


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
        self.router = nn.Linear(d_model, num_routed, bias=False)
        self.experts = nn.ModuleList()
        for _ in range(num_routed):
            self.experts.append(Ffn(d_model, d_expert))
        self.shared_experts = Ffn(d_model, num_shared * d_expert)
        self.width, self.num_shared = d_expert, num_shared
        self.top_k, self.routed_scaling = top_k, routed_scaling

    def forward(self, x):
        flat = x.reshape(-1, x.shape[-1])
        logits = self.router(flat)
        best = logits.argsort(-1, descending=True)[:, : self.top_k]
        rest = torch.logsumexp(logits, -1, keepdim=True)
        gates = torch.exp(logits.gather(-1, best) - rest)
        order = best.flatten().argsort()
        counts = best.flatten().bincount(minlength=len(self.experts)).tolist()
        parts = flat[order // self.top_k].split(counts)
        outs = torch.cat([e(p) for e, p in zip(self.experts, parts)])
        outs = outs * gates.flatten()[order].unsqueeze(-1)
        y = torch.zeros_like(flat).index_add(0, order // self.top_k, outs)
        y = y * self.routed_scaling
        for i in range(self.num_shared):
            units = slice(i * self.width, (i + 1) * self.width)
            y = y + self.shared_experts(flat, units)
        return y.view(x.shape)
