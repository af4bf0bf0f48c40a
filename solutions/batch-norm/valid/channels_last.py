import torch
from torch import nn


class BatchNorm(nn.Module):
    """Channels moved to the end, everything else flattened into rows."""

    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.eps, self.momentum = eps, momentum
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.weight = nn.Parameter(torch.ones(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))
        self.register_buffer("num_batches_tracked", torch.tensor(0))

    def forward(self, x):
        last = x.movedim(1, -1)
        rows = last.reshape(-1, x.size(1))
        if self.training:
            if len(rows) < 2:
                raise ValueError(
                    "Expected more than 1 value per channel when training"
                )
            self.num_batches_tracked += 1
            mean = rows.mean(0)
            centred = rows - mean
            var = centred.pow(2).mean(0)
            unbiased = centred.detach().pow(2).sum(0) / (len(rows) - 1)
            self.running_mean = (
                1 - self.momentum
            ) * self.running_mean + self.momentum * mean.detach()
            self.running_var = (
                1 - self.momentum
            ) * self.running_var + self.momentum * unbiased
        else:
            centred, var = rows - self.running_mean, self.running_var
        y = centred / (var + self.eps).sqrt() * self.weight + self.bias
        return y.reshape(last.shape).movedim(-1, 1)
