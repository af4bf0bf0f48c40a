"""Hidden tests of `Qwen3Attention`.

H·head_dim is not d_model, angles are random, and the gains of the two norms differ from each other and from
component to component, so that the order of norm and rotation shows.
"""

from llmprep.judge.probes import Tools, probe


def tables(t, length, pairs):
    """cos and sin of a random angle for each position and pair."""
    angles = t.rand(length, pairs, high=6.28)
    return angles.cos(), angles.sin()


@probe(en="Six heads on two KV heads", zh="6 个 head 配 2 个 KV head")
def values(impl, t: Tools):
    layer = t.module(impl.Qwen3Attention, 10, 6, 2, 4)
    return layer(t.randn(2, 5, 10), *tables(t, 5, 2))


@probe(
    en="One KV head, as many as heads, wider than d_model",
    zh="KV head 为 1 个、与 head 一样多，比 d_model 宽",
)
def both_ends(impl, t: Tools):
    mqa = t.module(impl.Qwen3Attention, d_model=8, num_heads=3, num_kv_heads=1, head_dim=6)
    mha = t.module(impl.Qwen3Attention, d_model=8, num_heads=3, num_kv_heads=3, head_dim=6)
    cos, sin = tables(t, 4, 3)
    return [mqa(t.randn(2, 4, 8), cos, sin), mha(t.randn(3, 4, 8), cos=cos, sin=sin)]


@probe(
    en="H·head_dim equal to d_model, as many tokens as heads",
    zh="H·head_dim 等于 d_model，token 数与 head 数相同",
)
def same_width(impl, t: Tools):
    layer = t.module(impl.Qwen3Attention, 16, 4, 2, 4)
    return layer(t.randn(2, 4, 16), *tables(t, 4, 2))


@probe(en="Tiny inputs, where eps counts, and another eps", zh="输入极小：eps 起作用；换一个 eps")
def tiny_inputs(impl, t: Tools):
    default = t.module(impl.Qwen3Attention, 10, 4, 2, 6)
    wide = t.module(impl.Qwen3Attention, 10, 4, 2, 6, eps=0.4)
    x = t.randn(2, 4, 10)
    cos, sin = tables(t, 4, 3)
    return [default(x * 1e-3, cos, sin) * 1e3, wide(x, cos, sin)]


@probe(en="Huge inputs: the scores do not grow with them", zh="输入极大：分数不随之增大")
def huge_inputs(impl, t: Tools):
    layer = t.module(impl.Qwen3Attention, 10, 4, 2, 6)
    return layer(t.randn(1, 5, 10, scale=1e4), *tables(t, 5, 3))


@probe(en="Lengths 6, 1 and 3 in turn, each with its own angles", zh="长度依次为 6、1、3，角度各不相同")
def lengths(impl, t: Tools):
    layer = t.module(impl.Qwen3Attention, 10, 3, 1, 4)
    return [layer(t.randn(2, length, 10), *tables(t, length, 2)) for length in (6, 1, 3)]


@probe(en="A fresh layer has norms of weight 1", zh="刚建好时两个 norm 的 weight 都是 1", no_grad=True)
def fresh_layer(impl, t: Tools):
    layer = impl.Qwen3Attention(10, 4, 2, 6)
    return [layer.q_norm.weight.detach().clone(), layer.k_norm.weight.detach().clone()]
