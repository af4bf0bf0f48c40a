import torch
from torch import nn


class BiasBalancedRouter(nn.Module):
    def __init__(self, d_model, num_experts, top_k, routed_scaling=1.0):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(num_experts, d_model))
        self.register_buffer("bias", torch.zeros(num_experts))
        self.top_k = top_k
        self.routed_scaling = routed_scaling

    def forward(self, x):
        x = x.float().unsqueeze(-2)
        affinity = 1 / (1 + torch.exp(-(x * self.weight.float()).sum(-1)))
        ranked = (affinity.detach() + self.bias).argsort(-1)
        chosen = ranked[..., -self.top_k :]
        picked = torch.take_along_dim(affinity, chosen, -1)
        share = torch.softmax(picked.log(), -1)
        return chosen, share * self.routed_scaling

    def update_bias(self, chosen, step):
        flat = chosen.flatten().tolist()
        experts = len(self.bias)
        for e in range(experts):
            mine = flat.count(e) * experts
            if mine > len(flat):
                self.bias[e] -= step
            elif mine < len(flat):
                self.bias[e] += step
