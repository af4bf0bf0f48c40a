import torch
from torch import nn


class LayerNorm(nn.Module):
    def __init__(self, width, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(width))
        self.bias = nn.Parameter(torch.zeros(width))

    def forward(self, x):
        y = x.float() if x.dtype != torch.float64 else x
        variance, mean = torch.var_mean(y, dim=-1, keepdim=True, correction=0)
        y = (y - mean) / torch.sqrt(variance + self.eps)
        return torch.addcmul(self.bias, y, self.weight).to(x.dtype)
