import torch
from torch import nn


class BatchNorm(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))
        self.eps, self.momentum = eps, momentum

    def forward(self, x):
        columns = []
        for c, channel in enumerate(x.unbind(1)):
            mean, var = (
                self.running_mean[c].clone(),
                self.running_var[c].clone(),
            )
            if self.training:
                n = channel.numel()
                if n <= 1:
                    raise ValueError("a single value")
                mean = channel.sum() / n
                squares = (channel - mean).square().sum()
                var = squares / n
                with torch.no_grad():
                    self.running_mean[c] += self.momentum * (
                        mean - self.running_mean[c]
                    )
                    self.running_var[c] += self.momentum * (
                        squares / (n - 1) - self.running_var[c]
                    )
            columns.append(
                (channel - mean) / torch.sqrt(var + self.eps) * self.weight[c]
                + self.bias[c]
            )
        return torch.stack(columns, dim=1)
