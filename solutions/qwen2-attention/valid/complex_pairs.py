import torch
from torch import nn


class Qwen2Attention(nn.Module):
    """Pairs as complex numbers; one head after another."""

    def __init__(self, d_model, num_heads, num_kv_heads):
        super().__init__()
        self.d_k = d_model // num_heads
        self.members = num_heads // num_kv_heads
        narrow = self.d_k * num_kv_heads
        self.q_proj, self.k_proj, self.v_proj = (
            nn.Linear(d_model, n) for n in (d_model, narrow, narrow)
        )
        self.o_proj = nn.Linear(d_model, d_model, bias=False)

    def points(self, x):
        """(…, d_k) -> complex (…, d_k / 2)."""
        wide = torch.promote_types(x.dtype, torch.float32)
        real, imaginary = x.to(wide).split(self.d_k // 2, dim=-1)
        return torch.complex(real, imaginary)

    def forward(self, x, cos, sin):
        wide = torch.promote_types(x.dtype, torch.float32)
        turn = torch.complex(cos.to(wide), sin.to(wide))
        q, k, v = (
            p(x).split(self.d_k, dim=-1)
            for p in (self.q_proj, self.k_proj, self.v_proj)
        )
        q = [self.points(head) * turn for head in q]
        k = [self.points(head) * turn for head in k]
        heads = []
        for i, head in enumerate(q):
            key, value = k[i // self.members], v[i // self.members]
            scores = (head @ key.mH).real / self.d_k**0.5
            late = torch.ones_like(scores).triu(1).bool()
            weights = scores.masked_fill(late, -1e30).softmax(-1)
            heads.append(weights.to(value.dtype) @ value)
        return self.o_proj(torch.cat(heads, dim=-1))
