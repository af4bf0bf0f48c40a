import torch
from torch import nn


class Norm(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.bias = nn.Parameter(torch.zeros(width))

    def forward(self, x):
        wide = x.float() if x.dtype == torch.bfloat16 else x
        centred = wide - wide.mean(-1, keepdim=True)
        normed = centred * torch.rsqrt(
            centred.pow(2).mean(-1, keepdim=True) + 1e-5
        )
        return normed.to(x.dtype) * self.weight + self.bias


class Attention(nn.Module):
    """The heads are folded into the batch, the weights computed in float32."""

    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        for name in "qkvo":
            self.add_module(f"W_{name}", nn.Linear(width, width, bias=False))

    def forward(self, x, mask=None):
        batch, length, width = x.shape

        def fold(y):
            return (
                y.view(batch, length, self.heads, -1)
                .transpose(1, 2)
                .reshape(batch * self.heads, length, -1)
            )

        q, k, v = fold(self.W_q(x)), fold(self.W_k(x)), fold(self.W_v(x))
        scores = torch.baddbmm(
            q.new_zeros(1), q, k.mT, alpha=q.size(-1) ** -0.5
        )
        if mask is not None:
            blocked = (
                (~mask)
                .expand(batch, length, length)
                .repeat_interleave(self.heads, 0)
            )
            scores = scores.masked_fill(blocked, float("-inf")).masked_fill(
                blocked.all(-1, keepdim=True), 0.0
            )
        wide = torch.float32 if x.dtype == torch.bfloat16 else x.dtype
        weights = scores.softmax(-1, dtype=wide).to(x.dtype)
        if mask is not None:
            weights = weights.masked_fill(blocked, 0.0)
        context = (
            (weights @ v).view(batch, self.heads, length, -1).transpose(1, 2)
        )
        return self.W_o(context.reshape(batch, length, width))


class FeedForward(nn.Module):
    def __init__(self, width, hidden):
        super().__init__()
        self.W_1, self.W_2 = nn.Linear(width, hidden), nn.Linear(hidden, width)

    def forward(self, x):
        hidden = self.W_1(x)
        return self.W_2(
            torch.where(hidden > 0, hidden, torch.zeros_like(hidden))
        )


class EncoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff):
        super().__init__()
        self.norm_1, self.norm_2 = Norm(d_model), Norm(d_model)
        self.self_attention = Attention(d_model, num_heads)
        self.feed_forward = FeedForward(d_model, d_ff)

    def forward(self, x, mask=None):
        x = self.norm_1(torch.add(x, self.self_attention(x, mask)))
        return self.norm_2(torch.add(x, self.feed_forward(x)))
