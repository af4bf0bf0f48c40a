"""Hidden tests of the count: drawn widths that share no factor, one feature at a time, and real models."""

from llmprep.judge.probes import Tools, probe

PLAIN = {
    "positions": 0,
    "tied": False,
    "attention_bias": "none",
    "gated": True,
    "ffn_bias": False,
    "norm": "rmsnorm",
    "qk_norm": False,
}


@probe(en="LLaMA-like blocks with full heads", zh="类 LLaMA 的 block，不用 GQA")
def plain(impl, t: Tools):
    configs = [sized(t, kv_heads=None) for _ in range(3)]
    return [impl.count_parameters(config) for config in configs]


@probe(en="Grouped and multi-query attention", zh="GQA 与 MQA")
def grouped(impl, t: Tools):
    return [impl.count_parameters(sized(t, kv_heads=n)) for n in (1, 2, 3)]


@probe(en="Tied embeddings, learned positions", zh="共享 embedding、可学习的位置")
def embedding_rows(impl, t: Tools):
    config = sized(t)
    kinds = [{"tied": True}, {"positions": 77}, {"tied": True, "positions": 31}]
    return [impl.count_parameters(config | kind) for kind in kinds]


@probe(en="Biases", zh="bias")
def biases(impl, t: Tools):
    config = sized(t)
    kinds = [
        (bias, gated, ffn)
        for bias in ("none", "qkv", "all")
        for gated in (True, False)
        for ffn in (True, False)
    ]
    return [
        impl.count_parameters(config | {"attention_bias": bias, "gated": gated, "ffn_bias": ffn})
        for bias, gated, ffn in kinds
    ]


@probe(en="Norms", zh="norm")
def norms(impl, t: Tools):
    config = sized(t)
    kinds = [(norm, qk) for norm in ("rmsnorm", "layernorm") for qk in (True, False)]
    return [impl.count_parameters(config | {"norm": norm, "qk_norm": qk}) for norm, qk in kinds]


@probe(en="Without embeddings", zh="不计 embedding")
def without_embeddings(impl, t: Tools):
    config = sized(t)
    kinds = [{}, {"tied": True}, {"positions": 50, "norm": "layernorm"}]
    return [impl.count_parameters(config | kind, embeddings=False) for kind in kinds] + [
        impl.count_parameters(config, False)
    ]


@probe(en="Real models, and one without blocks", zh="真实模型，以及没有 block 的情形")
def real_models(impl, t: Tools):
    gpt2 = model(50257, 768, 12, 12, 12, 64, 3072) | {
        "positions": 1024,
        "tied": True,
        "attention_bias": "all",
        "gated": False,
        "ffn_bias": True,
        "norm": "layernorm",
    }
    llama_3 = model(128256, 4096, 32, 32, 8, 128, 14336)
    qwen2 = model(152064, 3584, 28, 28, 4, 128, 18944) | {"attention_bias": "qkv"}
    qwen3 = model(151936, 1024, 28, 16, 8, 128, 3072) | {"tied": True, "qk_norm": True}
    empty = model(t.integer(10, 90), 7, 0, 2, 1, 3, 5)
    return [
        [impl.count_parameters(each), impl.count_parameters(each, embeddings=False)]
        for each in (gpt2, llama_3, qwen2, qwen3, empty)
    ]


def model(vocabulary, width, layers, heads, kv_heads, head_width, ffn_width):
    return PLAIN | {
        "vocabulary": vocabulary,
        "width": width,
        "layers": layers,
        "heads": heads,
        "kv_heads": kv_heads,
        "head_width": head_width,
        "ffn_width": ffn_width,
    }


def sized(t: Tools, kv_heads: int | None = 2):
    """Sizes that differ, with heads · head_width ≠ width; kv_heads None means as many as heads."""
    heads = t.choice([6, 12])
    width, head_width = t.choice([31, 37, 41]), t.choice([5, 7])
    sizes = (
        t.integer(100, 400),
        width,
        t.integer(2, 6),
        heads,
        kv_heads or heads,
        head_width,
        t.integer(50, 90),
    )
    return model(*sizes)
