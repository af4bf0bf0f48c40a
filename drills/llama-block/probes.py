"""Hidden tests of `LlamaBlock`: one pass, pieces of several lengths, branches of one cache.

Angles are random: whoever computes tables of their own gets other numbers. Where a cache is handed over no
gradients are looked at, for an answer may well detach what it stores.
"""

from llmprep.judge.probes import Tools, probe

STAGES = ("input_layernorm", "post_attention_layernorm", "mlp")


def tables(t, length, pairs):
    """cos and sin of a random angle for each position and pair."""
    angles = t.rand(length, pairs, high=6.28)
    return angles.cos(), angles.sin()


@probe(en="Six heads on two KV heads, no cache", zh="6 个 head 配 2 个 KV head，没有 cache")
def values(impl, t: Tools):
    block = t.module(impl.LlamaBlock, 24, 6, 2, 20)
    x, (cos, sin) = t.randn(2, 5, 24), tables(t, 5, 2)
    return t.stages(block, STAGES, lambda: block(x, cos, sin)[0])


@probe(
    en="One KV head, as many as heads, three pairs a head",
    zh="KV head 为 1 个、与 head 一样多，每个 head 三对",
)
def both_ends(impl, t: Tools):
    mqa = t.module(impl.LlamaBlock, d_model=18, num_heads=3, num_kv_heads=1, d_ff=10)
    mha = t.module(impl.LlamaBlock, d_model=18, num_heads=3, num_kv_heads=3, d_ff=25)
    cos, sin = tables(t, 4, 3)
    return [mqa(t.randn(2, 4, 18), cos, sin)[0], mha(t.randn(3, 4, 18), cos, sin, cache=None)[0]]


@probe(en="A prompt, then one token at a time", zh="先 prompt，再逐个 token", no_grad=True)
def one_at_a_time(impl, t: Tools):
    block = t.module(impl.LlamaBlock, 16, 4, 2, 12)
    x, (cos, sin) = t.randn(2, 6, 16), tables(t, 6, 2)
    y, cache = block(x[:, :3], cos[:3], sin[:3])
    seen = [y]
    for step in (3, 4, 5):
        here = slice(step, step + 1)
        y, cache = block(x[:, here], cos[here], sin[here], cache)
        seen.append(y)
    return [seen, cache]


@probe(en="Chunks of 3, 5 and 2 tokens", zh="按 3、5、2 个 token 分块", no_grad=True)
def chunks(impl, t: Tools):
    block, cache, seen = t.module(impl.LlamaBlock, 12, 3, 1, 20), None, []
    for length in (3, 5, 2):
        y, cache = block(t.randn(2, length, 12), *tables(t, length, 2), cache)
        seen.append(y)
    return [seen, cache]


@probe(en="Two branches from one cache", zh="从同一个 cache 分出两条续写", no_grad=True)
def branches(impl, t: Tools):
    block = t.module(impl.LlamaBlock, 16, 4, 2, 12)
    _, root = block(t.randn(2, 4, 16), *tables(t, 4, 2))
    left, left_cache = block(t.randn(2, 1, 16), *tables(t, 1, 2), root)
    right, _ = block(t.randn(2, 3, 16), *tables(t, 3, 2), root)
    longer, _ = block(t.randn(2, 2, 16), *tables(t, 2, 2), left_cache)
    return [left, right, longer, root, left_cache]


@probe(en="Tiny inputs, where eps counts, and another eps", zh="输入极小：eps 起作用；换一个 eps")
def tiny_inputs(impl, t: Tools):
    x, (cos, sin) = t.randn(2, 4, 16, scale=1e-3), tables(t, 4, 2)
    default = t.module(impl.LlamaBlock, 16, 4, 2, 12)
    wide = t.module(impl.LlamaBlock, 16, 4, 2, 12, eps=0.4)
    return [default(x, cos, sin)[0], wide(x * 1e3, cos, sin)[0]]


# the norm takes the size of the input away, so scores stay moderate; the residual keeps it
@probe(en="Huge inputs", zh="输入极大", no_grad=True)
def huge_inputs(impl, t: Tools):
    block = t.module(impl.LlamaBlock, 16, 4, 2, 12)
    return block(t.randn(1, 5, 16, scale=30.0), *tables(t, 5, 2))[0]


@probe(en="A fresh block has norms of weight 1", zh="刚建好时两个 norm 的 weight 都是 1", no_grad=True)
def fresh_block(impl, t: Tools):
    block = impl.LlamaBlock(16, 4, 2, 12)
    norms = block.input_layernorm, block.post_attention_layernorm
    return [norm.weight.detach().clone() for norm in norms]
