import torch
from torch import nn


class BatchNorm(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.weight = nn.Parameter(torch.full((num_features,), 1.0))
        self.bias = nn.Parameter(torch.full((num_features,), 0.0))
        self.register_buffer("running_mean", torch.full((num_features,), 0.0))
        self.register_buffer("running_var", torch.full((num_features,), 1.0))
        self.eps = eps
        self.momentum = momentum

    def forward(self, x):
        wide = x.to(torch.promote_types(x.dtype, torch.float32))
        if wide.dim() == 2:
            wide = wide.unsqueeze(-1)
        n, _, length = wide.shape
        if self.training:
            if n * length == 1:
                raise ValueError("cannot normalise a single value")
            mean = wide.mean(dim=(0, 2), keepdim=True)
            var = ((wide - mean) ** 2).mean(dim=(0, 2), keepdim=True)
            self.remember(
                mean.detach().flatten(), wide.detach().var(dim=(0, 2))
            )
        else:
            mean = self.running_mean[None, :, None].to(wide.dtype)
            var = self.running_var[None, :, None].to(wide.dtype)
        y = (wide - mean) * (var + self.eps) ** -0.5
        y = y * self.weight[:, None] + self.bias[:, None]
        return y.reshape(x.shape).to(x.dtype)

    def remember(self, mean, var):
        self.running_mean.mul_(1 - self.momentum).add_(
            mean, alpha=self.momentum
        )
        self.running_var.mul_(1 - self.momentum).add_(var, alpha=self.momentum)
