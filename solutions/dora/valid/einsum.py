"""One einsum, in float32 for bfloat16."""

import torch
from torch import nn


class DoRALinear(nn.Module):
    def __init__(self, base, rank, alpha):
        super().__init__()
        base.weight.requires_grad = False
        if base.bias is not None:
            base.bias.requires_grad = False
        self.base = base
        like = {"dtype": base.weight.dtype, "device": base.weight.device}
        self.A = nn.Parameter(torch.empty(rank, base.in_features, **like))
        nn.init.kaiming_uniform_(self.A, a=5**0.5)
        self.B = nn.Parameter(torch.zeros(base.out_features, rank, **like))
        with torch.no_grad():
            self.m = nn.Parameter((base.weight**2).sum(dim=1) ** 0.5)
        self.ratio = alpha / rank

    def merged_weight(self):
        kind = self.base.weight.dtype
        wide = torch.promote_types(kind, torch.float32)
        v = self.base.weight.to(wide) + self.ratio * torch.einsum(
            "or,ri->oi", self.B.to(wide), self.A.to(wide)
        )
        unit = v / torch.linalg.norm(v.detach(), dim=1, keepdim=True)
        return (self.m.to(wide)[:, None] * unit).to(kind)

    def forward(self, x):
        out = torch.einsum("...i,oi->...o", x, self.merged_weight())
        return out if self.base.bias is None else out + self.base.bias
