import torch
from torch import nn


class EncoderLayer(nn.Module):
    """Containers hold the weights, one forward holds the whole computation."""

    def __init__(self, d_model, num_heads, d_ff):
        super().__init__()
        self.heads = num_heads
        self.self_attention = nn.ModuleDict(
            {
                name: nn.Linear(d_model, d_model, bias=False)
                for name in ("W_q", "W_k", "W_v", "W_o")
            }
        )
        self.feed_forward = nn.ModuleDict(
            {"W_1": nn.Linear(d_model, d_ff), "W_2": nn.Linear(d_ff, d_model)}
        )
        self.norm_2, self.norm_1 = nn.LayerNorm(d_model), nn.LayerNorm(d_model)

    def forward(self, x, mask=None):
        B, T, D = x.shape
        q, k, v = (
            self.self_attention[name](x)
            .view(B, T, self.heads, D // self.heads)
            .permute(0, 2, 1, 3)
            for name in ("W_q", "W_k", "W_v")
        )
        scores = (
            torch.einsum("bhid,bhjd->bhij", q, k) * (D // self.heads) ** -0.5
        )
        if mask is not None:
            allowed = mask.expand(B, T, T)[:, None]
            weights = scores.masked_fill(~allowed, -1e30).softmax(-1) * allowed
        else:
            weights = scores.softmax(-1)
        context = torch.einsum("bhij,bhjd->bihd", weights, v).reshape(B, T, D)
        hidden = self.norm_1(self.self_attention["W_o"](context) + x)
        inner = torch.clamp(self.feed_forward["W_1"](hidden), min=0)
        return self.norm_2(self.feed_forward["W_2"](inner) + hidden)
