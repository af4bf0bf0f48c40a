import torch
import torch.nn as nn
import torch.nn.functional as F


class BiasBalancedRouter(nn.Module):
    def __init__(self, d_model, num_experts, top_k, routed_scaling=1.0):
        super().__init__()
        self.k, self.scale, self.E = top_k, routed_scaling, num_experts
        self.weight = nn.Parameter(torch.empty(num_experts, d_model))
        nn.init.kaiming_uniform_(self.weight, a=5**0.5)
        self.register_buffer("bias", torch.zeros(num_experts))

    def forward(self, x):
        logits = F.linear(x.to(torch.float32), self.weight.to(torch.float32))
        s = torch.sigmoid(logits)
        with torch.no_grad():
            _, index = torch.topk(s + self.bias, self.k, dim=-1, sorted=False)
        keep = F.one_hot(index, self.E).sum(-2)
        s = s * keep
        s = self.scale * s / (s.sum(-1, keepdim=True) + 1e-20)
        return index, torch.gather(s, -1, index)

    def update_bias(self, chosen, step):
        load = F.one_hot(chosen, self.E).flatten(0, -2).sum(0)
        target = chosen.numel() / self.E
        delta = torch.zeros_like(self.bias)
        delta[load < target] = step
        delta[load > target] = -step
        self.bias.add_(delta)
