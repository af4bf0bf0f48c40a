def kv_cache_bytes(config, batch, tokens, bits=16):
    keys = (
        batch
        * tokens
        * config["layers"]
        * config["kv_heads"]
        * config["head_width"]
    )
    return (keys + keys) * bits // 8


def decode_flops(config, context):
    d, h = config["width"], config["head_width"]
    H, G, L = config["heads"], config["kv_heads"], config["layers"]
    ffn = d * config["ffn_width"] * (3 if config["gated"] else 2)
    parameters = L * (2 * d * h * (H + G) + ffn) + config["vocabulary"] * d
    return 2 * parameters + 4 * L * H * h * (context + 1)


def prefill_flops(config, tokens):
    # every step but the head of all tokens before the last
    return _all_steps(config, tokens) - (tokens - 1) * _head(config)


def training_flops(config, tokens):
    return 3 * _all_steps(config, tokens)


def _all_steps(config, tokens):
    first = decode_flops(config, 0)
    more = decode_flops(config, 1) - first
    return tokens * first + more * (tokens * (tokens - 1) // 2)


def _head(config):
    return 2 * config["vocabulary"] * config["width"]
