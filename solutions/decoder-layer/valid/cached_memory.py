import torch
import torch.nn.functional as F
from torch import nn


class Attention(nn.Module):
    """Keys and values are made by a method of their own, as one does to cache those of memory."""

    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        for name in "qkvo":
            self.add_module(f"W_{name}", nn.Linear(width, width, bias=False))

    def fold(self, y):
        batch, length, _ = y.shape
        return (
            y.view(batch, length, self.heads, -1)
            .transpose(1, 2)
            .reshape(batch * self.heads, length, -1)
        )

    def keys_and_values(self, source):
        return self.fold(self.W_k(source)), self.fold(self.W_v(source))

    def forward(self, x, keys_and_values, mask=None):
        k, v = keys_and_values
        q = self.fold(self.W_q(x))
        scores = q @ k.mT / k.size(-1) ** 0.5
        if mask is not None:
            blocked = (
                (~mask)
                .expand(x.size(0), x.size(1), k.size(1))
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
            (weights @ v)
            .view(x.size(0), self.heads, x.size(1), -1)
            .transpose(1, 2)
        )
        return self.W_o(context.reshape(x.shape))


class FeedForward(nn.Module):
    def __init__(self, width, hidden):
        super().__init__()
        self.W_1, self.W_2 = nn.Linear(width, hidden), nn.Linear(hidden, width)

    def forward(self, x):
        return self.W_2(F.relu(self.W_1(x)))


class DecoderLayer(nn.Module):
    def __init__(self, d_model, num_heads, d_ff):
        super().__init__()
        self.norm_3, self.norm_2, self.norm_1 = (
            nn.LayerNorm(d_model) for _ in range(3)
        )
        self.feed_forward = FeedForward(d_model, d_ff)
        self.cross_attention = Attention(d_model, num_heads)
        self.self_attention = Attention(d_model, num_heads)

    def forward(self, x, memory, self_mask=None, memory_mask=None):
        source = self.cross_attention.keys_and_values(memory)
        target = self.self_attention.keys_and_values(x)
        x = self.norm_1(torch.add(x, self.self_attention(x, target, self_mask)))
        x = self.norm_2(
            torch.add(x, self.cross_attention(x, source, memory_mask))
        )
        return self.norm_3(torch.add(x, self.feed_forward(x)))
