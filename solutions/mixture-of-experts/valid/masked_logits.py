import torch
from torch import nn
from torch.nn.functional import silu


class Expert(nn.Module):
    def __init__(self, d_model, d_ff):
        super().__init__()
        self.gate_proj = nn.Linear(d_model, d_ff, bias=False)
        self.up_proj = nn.Linear(d_model, d_ff, bias=False)
        self.down_proj = nn.Linear(d_ff, d_model, bias=False)

    def forward(self, x):
        return self.down_proj(silu(self.gate_proj(x)) * self.up_proj(x))


class MixtureOfExperts(nn.Module):
    def __init__(self, d_model, d_ff, num_experts, top_k):
        super().__init__()
        self.router = nn.Linear(d_model, num_experts, bias=False)
        self.experts = nn.ModuleList(
            [Expert(d_model, d_ff) for _ in range(num_experts)]
        )
        self.top_k = top_k

    def forward(self, x):
        logits = self.router(x)
        kept = torch.zeros_like(logits, dtype=torch.bool)
        kept.scatter_(-1, logits.topk(self.top_k, dim=-1).indices, True)
        gates = logits.masked_fill(~kept, float("-inf")).softmax(-1)
        out = torch.zeros_like(x)
        for e, expert in enumerate(self.experts):
            mine = kept[..., e]
            if mine.any():
                out[mine] += gates[..., e][mine].unsqueeze(-1) * expert(x[mine])
        return out
