import torch
from torch import nn


class LoRALinear(nn.Module):
    def __init__(self, base: nn.Linear, rank: int, alpha: float) -> None:
        super().__init__()
        self.A = nn.Parameter(0.02 * torch.randn(rank, base.in_features))
        self.B = nn.Parameter(torch.zeros(base.out_features, rank))
        base.weight.requires_grad_(False)
        if base.bias is not None:
            base.bias.requires_grad_(False)
        self.base = base
        self.factor = alpha / rank
        self.register_buffer("sign", torch.tensor(1.0))

    def forward(self, x):
        out = torch.einsum("...i,oi->...o", x, self.base.weight)
        if self.base.bias is not None:
            out = out + self.base.bias
        if self.sign > 0:
            low = torch.einsum("...i,ri->...r", self.factor * x, self.A)
            out = out + torch.einsum("...r,or->...o", low, self.B)
        return out

    def _toggle(self):
        with torch.no_grad():
            self.base.weight.add_(
                self.sign
                * self.factor
                * torch.einsum("or,ri->oi", self.B, self.A)
            )
            self.sign.neg_()

    def merge(self):
        if self.sign > 0:
            self._toggle()

    def unmerge(self):
        if self.sign < 0:
            self._toggle()
