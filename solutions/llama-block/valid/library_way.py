import torch
from torch import nn


class Norm(nn.Module):
    def __init__(self, width, eps):
        super().__init__()
        self.weight, self.eps = nn.Parameter(torch.ones(width)), eps

    def forward(self, x):
        wide = x.to(torch.promote_types(x.dtype, torch.float32))
        wide = wide / (wide.pow(2).mean(-1, keepdim=True) + self.eps).sqrt()
        return self.weight * wide.to(x.dtype)


def rotate_half(x):
    half = x.shape[-1] // 2
    return torch.cat((-x[..., half:], x[..., :half]), dim=-1)


class LlamaBlock(nn.Module):
    """Tables of full width, k and v repeated after caching."""

    def __init__(self, d_model, num_heads, num_kv_heads, d_ff, eps=1e-6):
        super().__init__()
        self.h, self.g = num_heads, num_kv_heads
        self.width = d_model // num_heads
        narrow = self.width * num_kv_heads
        self.self_attn = nn.ModuleDict(
            {
                "q_proj": nn.Linear(d_model, d_model, bias=False),
                "k_proj": nn.Linear(d_model, narrow, bias=False),
                "v_proj": nn.Linear(d_model, narrow, bias=False),
                "o_proj": nn.Linear(d_model, d_model, bias=False),
            }
        )
        self.mlp = nn.ModuleDict(
            {
                "gate_proj": nn.Linear(d_model, d_ff, bias=False),
                "up_proj": nn.Linear(d_model, d_ff, bias=False),
                "down_proj": nn.Linear(d_ff, d_model, bias=False),
            }
        )
        self.input_layernorm = Norm(d_model, eps)
        self.post_attention_layernorm = Norm(d_model, eps)

    def attend(self, x, cos, sin, cache):
        batch, length, _ = x.shape
        shape = (batch, length, -1, self.width)
        q = self.self_attn["q_proj"](x).view(shape).transpose(1, 2)
        k = self.self_attn["k_proj"](x).view(shape).transpose(1, 2)
        v = self.self_attn["v_proj"](x).view(shape).transpose(1, 2)
        cos = torch.cat((cos, cos), dim=-1)[None, None]
        sin = torch.cat((sin, sin), dim=-1)[None, None]
        q = q * cos + rotate_half(q) * sin
        k = k * cos + rotate_half(k) * sin
        if cache:
            k = torch.cat((cache[0], k), dim=-2)
            v = torch.cat((cache[1], v), dim=-2)
        total = k.size(-2)
        keys = k.repeat_interleave(self.h // self.g, dim=1)
        scores = q @ keys.transpose(2, 3) * self.width**-0.5
        place = torch.arange(total - length, total)
        late = torch.arange(total)[None, :] > place[:, None]
        weights = scores.masked_fill(late, float("-inf")).softmax(-1)
        out = weights @ v.repeat_interleave(self.h // self.g, dim=1)
        out = out.transpose(1, 2).reshape(batch, length, -1)
        return self.self_attn["o_proj"](out), (k, v)

    def forward(self, x, cos, sin, cache=None):
        out, cache = self.attend(self.input_layernorm(x), cos, sin, cache)
        x = out + x
        u = self.post_attention_layernorm(x)
        gate = self.mlp["gate_proj"](u)
        hidden = gate * gate.sigmoid() * self.mlp["up_proj"](u)
        return x + self.mlp["down_proj"](hidden), cache
