import torch
from torch import nn


class LayerNorm(nn.Module):
    def __init__(self, d, eps=1e-5):
        super().__init__()
        self.d, self.eps = d, eps
        self.register_parameter("bias", nn.Parameter(torch.zeros(d)))
        self.register_parameter("weight", nn.Parameter(torch.ones(d)))

    def forward(self, x):
        rows = []
        for row in x.reshape(-1, self.d).unbind(0):
            row = row.to(torch.promote_types(row.dtype, torch.float32))
            row = row - row.sum() / self.d
            rows.append(row / (torch.dot(row, row) / self.d + self.eps).sqrt())
        normal = torch.stack(rows).reshape(x.shape)
        return (self.weight * normal + self.bias).to(x.dtype)
