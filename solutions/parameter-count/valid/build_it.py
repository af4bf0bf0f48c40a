import torch
from torch import nn


def count_parameters(config, embeddings=True):
    c = config
    d, h, f = c["width"], c["head_width"], c["ffn_width"]
    q, kv = c["heads"] * h, c["kv_heads"] * h
    qkv = c["attention_bias"] != "none"
    layer = c["norm"] == "layernorm"
    with torch.device("meta"):

        def norm(width, bias=layer):
            return nn.LayerNorm(width, bias=bias)

        parts = [
            norm(d),
            nn.Linear(d, q, bias=qkv),
            nn.Linear(d, 2 * kv, bias=qkv),
            nn.Linear(q, d, bias=c["attention_bias"] == "all"),
            norm(d),
            nn.Linear(d, f * (1 + c["gated"]), bias=c["ffn_bias"]),
            nn.Linear(f, d, bias=c["ffn_bias"]),
        ]
        if c["qk_norm"]:
            parts += [norm(h, False), norm(h, False)]
        block = sum(p.numel() for m in parts for p in m.parameters())
        last = sum(p.numel() for p in norm(d).parameters())
    total = c["layers"] * block + last
    if embeddings:
        total += d * (c["vocabulary"] + c["positions"])
        total += 0 if c["tied"] else d * c["vocabulary"]
    return total
