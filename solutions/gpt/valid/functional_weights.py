"""Modules only hold weights; the forward pass is a chain of functions."""

import torch
import torch.nn.functional as F
from torch import nn


def attention(x, part, heads):
    qkv = F.linear(x, part["c_attn"].weight, part["c_attn"].bias)
    out = []
    for q, k, v in zip(
        *(y.chunk(heads, -1) for y in qkv.chunk(3, -1)), strict=True
    ):
        scores = torch.baddbmm(
            torch.full((x.size(1),) * 2, -1e30, dtype=x.dtype).triu(1),
            q,
            k.transpose(1, 2),
            alpha=q.size(-1) ** -0.5,
        )
        out.append(torch.bmm(scores.softmax(-1), v))
    return part["c_proj"](torch.cat(out, dim=-1))


def mlp(x, part):
    return part["c_proj"](F.gelu(part["c_fc"](x), approximate="tanh"))


class GPT(nn.Module):
    def __init__(
        self, vocab_size, context_length, d_model, num_heads, num_layers
    ):
        super().__init__()
        d = d_model
        self.heads, self.limit = num_heads, context_length

        def linear(n_in, n_out, std=0.02):
            layer = nn.Linear(n_in, n_out)
            nn.init.normal_(layer.weight, 0, std)
            nn.init.constant_(layer.bias, 0)
            return layer

        small = 0.02 / (num_layers * 2) ** 0.5
        self.h = nn.ModuleList(
            nn.ModuleDict(
                {
                    "ln_1": nn.LayerNorm(d),
                    "ln_2": nn.LayerNorm(d),
                    "attn": nn.ModuleDict(
                        {
                            "c_attn": linear(d, 3 * d),
                            "c_proj": linear(d, d, small),
                        }
                    ),
                    "mlp": nn.ModuleDict(
                        {
                            "c_fc": linear(d, 4 * d),
                            "c_proj": linear(4 * d, d, small),
                        }
                    ),
                }
            )
            for _ in range(num_layers)
        )
        self.ln_f = nn.LayerNorm(d)
        self.wte, self.wpe = nn.Module(), nn.Module()
        self.wte.weight = nn.Parameter(0.02 * torch.randn(vocab_size, d))
        self.wpe.weight = nn.Parameter(0.02 * torch.randn(context_length, d))
        self.lm_head = nn.Module()
        self.lm_head.weight = self.wte.weight

    def forward(self, ids, targets=None):
        if ids.size(1) > self.limit:
            raise ValueError("the context is full")
        x = self.wte.weight[ids] + self.wpe.weight[: ids.size(1)]
        for block in self.h:
            x = x + attention(block["ln_1"](x), block["attn"], self.heads)
            x = x + mlp(block["ln_2"](x), block["mlp"])
        logits = torch.einsum("btd,vd->btv", self.ln_f(x), self.wte.weight)
        if targets is None:
            return logits, None
        marked = targets.masked_fill(targets == -1, -100)
        return logits, F.cross_entropy(logits.transpose(1, 2), marked)
