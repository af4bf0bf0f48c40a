import torch
import torch.nn as nn
import torch.nn.functional as F


class RMSNorm(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(d))

    def forward(self, x):
        wide = x if x.dtype == torch.float64 else x.float()
        wide = wide * torch.rsqrt(wide.square().mean(-1, keepdim=True) + 1e-6)
        return wide.to(x.dtype) * self.weight


class MultiTokenPrediction(nn.Module):
    def __init__(self, d_model, embedding, block, head):
        super().__init__()
        self.d = d_model
        self.block, self.head, self.embedding = block, head, embedding
        self.norm_embedding = RMSNorm(d_model)
        self.norm_hidden = RMSNorm(d_model)
        self.projection = nn.Linear(2 * d_model, d_model, bias=False)

    def forward(self, hidden, tokens):
        left, right = self.projection.weight.split(self.d, dim=1)
        x = F.linear(self.norm_hidden(hidden), left)
        x = x + F.linear(self.norm_embedding(self.embedding(tokens)), right)
        h = self.block(x)
        return h, self.head(h)


def mtp_loss(modules, hidden, ids, weight):
    T = ids.size(1)
    total = 0.0
    for k in range(1, len(modules) + 1):
        hidden, logits = modules[k - 1](hidden[:, : T - k], ids[:, k:T])
        logp = logits[:, : T - k - 1].log_softmax(-1)
        picked = logp.gather(-1, ids[:, k + 1 :].unsqueeze(-1))
        total = total - picked.mean()
    return total * (weight / len(modules))
