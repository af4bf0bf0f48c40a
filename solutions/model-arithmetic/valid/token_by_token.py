def kv_cache_bytes(config, batch, tokens, bits=16):
    elements = config["kv_heads"] * config["head_width"] * config["layers"]
    return int(bits / 8 * elements * 2 * tokens * batch)


def body(c, tokens, pairs):
    q = c["heads"] * c["head_width"]
    kv = c["kv_heads"] * c["head_width"]
    total = 0
    for _ in range(c["layers"]):
        for rows, columns in ((c["width"], q + kv + kv), (q, c["width"])):
            total += 2 * tokens * rows * columns
        total += 2 * tokens * c["width"] * c["ffn_width"] * (2 + c["gated"])
        total += c["heads"] * 2 * (2 * pairs * c["head_width"])
    return total


def decode_flops(config, context):
    return (
        body(config, 1, 1 + context)
        + 2 * config["width"] * config["vocabulary"]
    )


def prefill_flops(config, tokens):
    seen = sum(range(1, tokens + 1))
    return (
        body(config, tokens, seen) + 2 * config["width"] * config["vocabulary"]
    )


def training_flops(config, tokens):
    seen = sum(range(1, tokens + 1))
    head = 2 * config["width"] * config["vocabulary"] * tokens
    forward = body(config, tokens, seen) + head
    backward = 2 * forward
    return forward + backward
