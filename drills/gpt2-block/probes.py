"""Hidden tests of `GPT2Block`: several lengths and numbers of heads, tiny and large residual streams."""

from llmprep.judge.probes import Tools, probe


@probe(en="Random inputs", zh="随机输入")
def values(impl, t: Tools):
    return t.module(impl.GPT2Block, 12, 3)(t.randn(2, 5, 12))


@probe(en="One block, called with lengths 6, 3, 1 and 7", zh="同一个 block 依次用于长度 6、3、1、7")
def changing_lengths(impl, t: Tools):
    block = t.module(impl.GPT2Block, d_model=12, num_heads=2)
    return [block(t.randn(2, length, 12)) for length in (6, 3, 1, 7)]


@probe(en="One head, and as many heads as dimensions", zh="一个 head，以及 head 数等于维数")
def extreme_heads(impl, t: Tools):
    return [t.module(impl.GPT2Block, 8, heads)(t.randn(3, 4, 8)) for heads in (1, 8)]


@probe(en="The last token is changed", zh="改动最后一个 token")
def changed_future(impl, t: Tools):
    block, x = t.module(impl.GPT2Block, 12, 3), t.randn(2, 5, 12)
    later = x.clone()
    later[:, -1] = t.randn(2, 12, scale=3.0)
    return [block(x)[:, :-1], block(later)[:, :-1], block(later)[:, -1]]


@probe(en="Tiny inputs, where eps of LayerNorm counts", zh="输入极小：LayerNorm 的 eps 起作用")
def tiny_inputs(impl, t: Tools):
    return t.module(impl.GPT2Block, 12, 3)(t.randn(2, 4, 12, scale=2e-3))


@probe(en="A large residual stream passes through untouched", zh="残差流很大时原样通过")
def large_stream(impl, t: Tools):
    block, x = t.module(impl.GPT2Block, 12, 2), t.randn(2, 4, 12, scale=30.0, shift=20.0)
    return [block(x), block(block(x))]
