import torch
import torch.nn.functional as F
from torch import nn


class MultiHeadAttention(nn.Module):
    """The heads are folded into the batch; softmax in float32, as many code bases do."""

    def __init__(self, d_model, num_heads):
        super().__init__()
        if d_model % num_heads != 0:
            raise ValueError(f"{d_model=} is not a multiple of {num_heads=}")
        self.n_head = num_heads
        self.W_q, self.W_k, self.W_v, self.W_o = (
            nn.Linear(d_model, d_model, bias=False) for _ in range(4)
        )

    def fold(self, x):
        batch, length, width = x.shape
        x = x.contiguous().view(
            batch, length, self.n_head, width // self.n_head
        )
        return x.permute(0, 2, 1, 3).reshape(batch * self.n_head, length, -1)

    def forward(self, query, key, value, mask=None):
        q, k, v = (
            self.fold(self.W_q(query)),
            self.fold(self.W_k(key)),
            self.fold(self.W_v(value)),
        )
        scores = torch.matmul(q, k.transpose(1, 2)) / q.shape[-1] ** 0.5
        if mask is not None:
            blocked = ~mask.expand(query.shape[0], query.shape[1], key.shape[1])
            blocked = blocked.repeat_interleave(self.n_head, dim=0)
            scores.masked_fill_(blocked, float("-inf"))
            scores = scores.masked_fill(blocked.all(-1, keepdim=True), 0.0)
        wide = torch.float32 if scores.dtype == torch.bfloat16 else scores.dtype
        weights = F.softmax(scores, dim=-1, dtype=wide).to(v.dtype)
        if mask is not None:
            weights = weights.masked_fill(blocked, 0.0)
        out = (weights @ v).view(
            query.shape[0], self.n_head, query.shape[1], -1
        )
        return self.W_o(out.permute(0, 2, 1, 3).reshape(query.shape))
