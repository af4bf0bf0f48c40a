from math import prod


def shapes(c, embeddings):
    d, h, f = c["width"], c["head_width"], c["ffn_width"]
    q, kv = c["heads"] * h, c["kv_heads"] * h
    norm = [(d,)] * (2 if c["norm"] == "layernorm" else 1)
    if embeddings:
        yield (c["vocabulary"], d)
        yield (c["positions"], d)
        if not c["tied"]:
            yield (d, c["vocabulary"])
    for _ in range(c["layers"]):
        yield from norm
        yield from [(d, q), (d, kv), (d, kv), (q, d)]
        if c["attention_bias"] in ("qkv", "all"):
            yield from [(q,), (kv,), (kv,)]
        if c["attention_bias"] == "all":
            yield (d,)
        if c["qk_norm"]:
            yield from [(h,), (h,)]
        yield from norm
        ups = 2 if c["gated"] else 1
        yield from [(d, f)] * ups
        yield (f, d)
        if c["ffn_bias"]:
            yield from [(f,)] * ups
            yield (d,)
    yield from norm


def count_parameters(config, embeddings=True):
    return sum(prod(shape) for shape in shapes(config, embeddings))
