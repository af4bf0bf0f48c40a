import torch
from torch import nn


class DecoderLayer(nn.Module):
    """Containers hold the weights; one function attends, one forward does the rest."""

    def __init__(self, d_model, num_heads, d_ff):
        super().__init__()
        self.heads = num_heads
        self.self_attention, self.cross_attention = (
            nn.ModuleDict(
                {
                    name: nn.Linear(d_model, d_model, bias=False)
                    for name in ("W_q", "W_k", "W_v", "W_o")
                }
            )
            for _ in range(2)
        )
        self.feed_forward = nn.ModuleDict(
            {"W_1": nn.Linear(d_model, d_ff), "W_2": nn.Linear(d_ff, d_model)}
        )
        self.norm_1, self.norm_2, self.norm_3 = (
            nn.LayerNorm(d_model) for _ in range(3)
        )

    def attend(self, weights, x, source, mask):
        q = weights["W_q"](x).unflatten(-1, (self.heads, -1))
        k = weights["W_k"](source).unflatten(-1, (self.heads, -1))
        v = weights["W_v"](source).unflatten(-1, (self.heads, -1))
        scores = torch.einsum("bihd,bjhd->bhij", q, k) * q.size(-1) ** -0.5
        if mask is None:
            share = scores.softmax(-1)
        else:
            allowed = mask.expand(x.size(0), x.size(1), source.size(1))[:, None]
            share = scores.masked_fill(~allowed, -1e30).softmax(-1) * allowed
        return weights["W_o"](
            torch.einsum("bhij,bjhd->bihd", share, v).flatten(2)
        )

    def forward(self, x, memory, self_mask=None, memory_mask=None):
        h = self.norm_1(self.attend(self.self_attention, x, x, self_mask) + x)
        h = self.norm_2(
            self.attend(self.cross_attention, h, memory, memory_mask) + h
        )
        return self.norm_3(
            self.feed_forward["W_2"](self.feed_forward["W_1"](h).clamp(min=0))
            + h
        )
