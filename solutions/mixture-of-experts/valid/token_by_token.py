import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, a, b):
        super().__init__()
        self.gate_proj = nn.Linear(a, b, bias=False)
        self.up_proj = nn.Linear(a, b, bias=False)
        self.down_proj = nn.Linear(b, a, bias=False)

    def forward(self, x):
        g = self.gate_proj(x)
        return self.down_proj(g * torch.sigmoid(g) * self.up_proj(x))


class MixtureOfExperts(nn.Module):
    def __init__(self, d_model, d_ff, num_experts, top_k):
        super().__init__()
        self.router = nn.Linear(d_model, num_experts, bias=False)
        self.experts = nn.ModuleList()
        for _ in range(num_experts):
            self.experts.append(Net(d_model, d_ff))
        self.top_k = top_k

    def forward(self, x):
        shape = x.shape
        rows = []
        for token in x.reshape(-1, shape[-1]):
            scores = self.router(token)
            best = scores.argsort(descending=True)[: self.top_k]
            gates = torch.exp(scores[best] - torch.logsumexp(scores[best], 0))
            rows.append(
                sum(
                    g * self.experts[i](token)
                    for g, i in zip(gates, best.tolist())
                )
            )
        return torch.stack(rows).view(shape)
