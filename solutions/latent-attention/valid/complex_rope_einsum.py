import torch
import torch.nn as nn
from torch import einsum


class RMS(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(d))

    def forward(self, x):
        wide = x.double() if x.dtype == torch.float64 else x.float()
        wide = wide * torch.rsqrt(wide.pow(2).mean(-1, keepdim=True) + 1e-6)
        return self.weight * wide.to(x.dtype)


def rope(x, start):
    half = x.shape[-1] // 2
    theta = 10000.0 ** (-torch.arange(half).double() / half)
    where = torch.arange(start, start + x.shape[-2]).double()
    angle = torch.outer(where, theta)
    turn = torch.polar(torch.ones_like(angle), angle)
    pairs = torch.view_as_complex(x.double().unflatten(-1, (half, 2)).clone())
    return torch.view_as_real(pairs * turn).flatten(-2).to(x.dtype)


class LatentAttention(nn.Module):
    def __init__(self, d_model, num_heads, d_nope, d_rope, d_v, kv_rank):
        super().__init__()
        self.h, self.n, self.p = num_heads, d_nope, d_rope
        self.v, self.r = d_v, kv_rank
        self.q_proj = nn.Linear(d_model, num_heads * (d_nope + d_rope), False)
        self.kv_a_proj_with_mqa = nn.Linear(d_model, kv_rank + d_rope, False)
        self.kv_a_layernorm = RMS(kv_rank)
        self.kv_b_proj = nn.Linear(kv_rank, num_heads * (d_nope + d_v), False)
        self.o_proj = nn.Linear(num_heads * d_v, d_model, False)

    def project(self, x, start):
        B, T, _ = x.shape
        q = self.q_proj(x).view(B, T, self.h, self.n + self.p)
        both = self.kv_a_proj_with_mqa(x)
        q_rope = rope(q[..., self.n :].transpose(1, 2), start).transpose(1, 2)
        k_rope = rope(both[..., self.r :], start)
        c = self.kv_a_layernorm(both[..., : self.r])
        return q[..., : self.n], q_rope, c, k_rope

    def attend(self, q_nope, q_rope, c, k_rope, mask):
        W = self.kv_b_proj.weight.view(self.h, self.n + self.v, self.r)
        q = einsum("bthn,hnr->bthr", q_nope, W[:, : self.n])
        s = einsum("bthr,bsr->bhts", q, c)
        s = s + einsum("bthp,bsp->bhts", q_rope, k_rope)
        s = s / (self.n + self.p) ** 0.5
        if mask is not None:
            s = s + mask.to(s.dtype)
        a = torch.softmax(s, -1)
        o = einsum("bhts,bsr->bthr", a, c)
        o = einsum("bthr,hvr->bthv", o, W[:, self.n :])
        return self.o_proj(o.flatten(2))

    def forward(self, x):
        T = x.shape[1]
        mask = torch.full((T, T), float("-inf")).triu(1)
        return self.attend(*self.project(x, 0), mask)

    def step(self, x, cache=None):
        start = cache[0].shape[1] if cache else 0
        q_nope, q_rope, c, k = self.project(x, start)
        if cache:
            c = torch.cat([cache[0], c], 1)
            k = torch.cat([cache[1], k], 1)
        return self.attend(q_nope, q_rope, c, k, None), (c, k)
