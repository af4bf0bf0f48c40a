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


def linear(wide, narrow):
    return nn.Linear(wide, narrow, bias=False)


class Block(nn.Module):
    """Tables of full width, k and v repeated for all heads."""

    def __init__(self, d_model, num_heads, num_kv_heads, d_ff, eps):
        super().__init__()
        self.members = num_heads // num_kv_heads
        self.width = d_model // num_heads
        narrow = self.width * num_kv_heads
        self.self_attn = nn.ModuleDict(
            {
                "q_proj": linear(d_model, d_model),
                "k_proj": linear(d_model, narrow),
                "v_proj": linear(d_model, narrow),
                "o_proj": linear(d_model, d_model),
            }
        )
        self.mlp = nn.ModuleDict(
            {
                "gate_proj": linear(d_model, d_ff),
                "up_proj": linear(d_model, d_ff),
                "down_proj": linear(d_ff, d_model),
            }
        )
        self.input_layernorm = Norm(d_model, eps)
        self.post_attention_layernorm = Norm(d_model, eps)

    def attend(self, x, cos, sin, mask):
        batch, length, _ = x.shape
        shape = (batch, length, -1, self.width)
        q = self.self_attn["q_proj"](x).view(shape).transpose(1, 2)
        k = self.self_attn["k_proj"](x).view(shape).transpose(1, 2)
        v = self.self_attn["v_proj"](x).view(shape).transpose(1, 2)
        q = q * cos + rotate_half(q) * sin
        k = k * cos + rotate_half(k) * sin
        k = k.repeat_interleave(self.members, dim=1)
        v = v.repeat_interleave(self.members, dim=1)
        scores = q @ k.transpose(2, 3) * self.width**-0.5 + mask
        out = (scores.softmax(-1) @ v).transpose(1, 2)
        return self.self_attn["o_proj"](out.reshape(batch, length, -1))

    def forward(self, x, cos, sin, mask):
        x = x + self.attend(self.input_layernorm(x), cos, sin, mask)
        u = self.post_attention_layernorm(x)
        gate = self.mlp["gate_proj"](u)
        hidden = gate * gate.sigmoid() * self.mlp["up_proj"](u)
        return x + self.mlp["down_proj"](hidden)


class Llama(nn.Module):
    def __init__(
        self,
        vocab_size,
        d_model,
        num_layers,
        num_heads,
        num_kv_heads,
        d_ff,
        base=10000.0,
        eps=1e-6,
        tied=False,
    ):
        super().__init__()
        self.base, self.width = base, d_model // num_heads
        self.lm_head = linear(d_model, vocab_size)
        self.norm = Norm(d_model, eps)
        sizes = (d_model, num_heads, num_kv_heads, d_ff, eps)
        self.layers = nn.ModuleList()
        for _ in range(num_layers):
            self.layers.append(Block(*sizes))
        self.embed_tokens = nn.Embedding(vocab_size, d_model)
        if tied:
            self.embed_tokens.weight = self.lm_head.weight

    def forward(self, ids):
        x, length = self.embed_tokens(ids), ids.shape[1]
        powers = torch.arange(0, self.width, 2).float() / self.width
        angles = torch.outer(torch.arange(length).float(), self.base**-powers)
        angles = torch.cat((angles, angles), dim=-1)
        cos, sin = angles.cos().to(x.dtype), angles.sin().to(x.dtype)
        mask = torch.full((length, length), float("-inf"), dtype=x.dtype)
        mask = mask.triu(diagonal=1)
        for layer in self.layers:
            x = layer(x, cos, sin, mask)
        return self.lm_head(self.norm(x))
