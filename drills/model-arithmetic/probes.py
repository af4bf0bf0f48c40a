"""Hidden tests of the arithmetic: drawn sizes, heads · head_width ≠ width, short and long contexts."""

from llmprep.judge.probes import Tools, probe


@probe(en="Bytes of the KV cache", zh="KV cache 的字节数")
def cache(impl, t: Tools):
    configs = [sized(t) for _ in range(3)]
    return [impl.kv_cache_bytes(config, t.integer(1, 9), t.integer(10, 5000)) for config in configs]


@probe(en="8, 4 and 32 bits", zh="8、4、32 位")
def bits(impl, t: Tools):
    config = sized(t)
    return [impl.kv_cache_bytes(config, 3, 70, width) for width in (8, 4, 32)] + [
        impl.kv_cache_bytes(config, batch=2, tokens=50, bits=8)
    ]


@probe(en="A decode step", zh="解码一步")
def decode(impl, t: Tools):
    return [impl.decode_flops(sized(t), context) for context in (0, 1, t.integer(2, 99), 100_000)]


@probe(en="Reading a prompt", zh="读入 prompt")
def prefill(impl, t: Tools):
    return [impl.prefill_flops(sized(t), tokens) for tokens in (1, 2, t.integer(3, 99), 100_000)]


@probe(en="Training on a sequence", zh="训练一条序列")
def training(impl, t: Tools):
    return [impl.training_flops(sized(t), tokens) for tokens in (1, 2, t.integer(3, 99), 4096)]


@probe(en="Two matrices or three in the FFN", zh="FFN 两个或三个矩阵")
def gates(impl, t: Tools):
    config = sized(t)
    return [flops(impl, config | {"gated": gated}, t.integer(4, 60)) for gated in (True, False)]


@probe(en="Grouped, multi-query and full attention", zh="GQA、MQA 与完整的多头")
def heads(impl, t: Tools):
    config = sized(t)
    return [
        [impl.kv_cache_bytes(each, 2, 33), *flops(impl, each, 12)]
        for each in (config | {"kv_heads": n} for n in (1, 3, config["heads"]))
    ]


@probe(en="Llama 3 8B at 8192 tokens", zh="Llama 3 8B，8192 个 token")
def llama(impl, t: Tools):
    config = {"vocabulary": 128256, "width": 4096, "layers": 32, "heads": 32, "kv_heads": 8}
    config |= {"head_width": 128, "ffn_width": 14336, "gated": True}
    return [impl.kv_cache_bytes(config, 1, 8192), *flops(impl, config, 8192)]


def flops(impl, config, tokens):
    return [
        impl.decode_flops(config, tokens),
        impl.prefill_flops(config, tokens),
        impl.training_flops(config, tokens),
    ]


def sized(t: Tools) -> dict[str, int | bool]:
    return {
        "vocabulary": t.integer(100, 900),
        "width": t.choice([31, 37, 41]),
        "layers": t.integer(2, 7),
        "heads": t.choice([6, 12]),
        "kv_heads": t.choice([2, 3]),
        "head_width": t.choice([10, 14]),
        "ffn_width": t.integer(60, 120),
        "gated": t.choice([True, False]),
    }
