"""Hidden tests of prefix tuning: L, H, P, T, B and the head dimension all differ."""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Keys and values of every layer", zh="每一层的 key 和 value")
def keys_and_values(impl, t: Tools):
    return t.module(impl.PrefixEncoder, 3, 2, 5, 4, 7)(6)


@probe(en="One layer, one head, one vector", zh="一层、一个 head、一个向量")
def smallest(impl, t: Tools):
    one = t.module(impl.PrefixEncoder, num_layers=1, num_heads=1, head_dim=3, length=1, hidden=2)
    flat = t.module(impl.PrefixEncoder, 2, 3, 1, 5, 4)
    return [one(2), flat(1)]


@probe(en="Baked after training", zh="训练之后固化", no_grad=True)
def baked(impl, t: Tools):
    encoder = t.module(impl.PrefixEncoder, 3, 2, 4, 5, 6)
    kept = encoder.bake()
    with torch.no_grad():
        encoder.prefix.copy_(t.randn(5, 8))
    again = encoder.bake()
    return [kept, kept.requires_grad, again, encoder.eval()(2)[1][1].detach()]


@probe(en="Attention over prefix and tokens", zh="对 prefix 和 token 做 attention")
def attention(impl, t: Tools):
    q, k, v = (t.randn(2, 3, 5, 8) for _ in range(3))
    return impl.prefix_attention(q, k, v, (t.randn(2, 3, 4, 8), t.randn(2, 3, 4, 8)))


@probe(
    en="Longer and shorter prefixes, down to none; a single token",
    zh="长短不同的 prefix，直到没有；只有一个 token",
)
def lengths(impl, t: Tools):
    seen = []
    for tokens, length in ((3, 6), (6, 1), (4, 0), (1, 5), (1, 0)):
        q, k, v = (t.randn(2, 3, tokens, 4) for _ in range(3))
        prefix = (t.randn(2, 3, length, 4), t.randn(2, 3, length, 4))
        seen.append(impl.prefix_attention(q, k, v, prefix))
    return seen


@probe(en="Padding on the left and right", zh="左右两侧的 padding")
def padding(impl, t: Tools):
    q, k, v = (t.randn(3, 2, 5, 4) for _ in range(3))
    prefix = (t.randn(3, 2, 6, 4), t.randn(3, 2, 6, 4))
    mask = torch.tensor([[0, 0, 1, 1, 1], [1, 1, 1, 0, 0], [1, 1, 0, 1, 1]]).bool()
    return [
        impl.prefix_attention(q, k, v, prefix, mask),
        impl.prefix_attention(q, k, v, prefix, mask=torch.zeros_like(mask)),
    ]


@probe(en="Large scores, all far below zero", zh="绝对值很大、全为负的分数", dtypes=False)
def large(impl, t: Tools):
    q = t.rand(2, 2, 4, 6, low=8.0, high=16.0)
    k, prefix_keys = -t.rand(2, 2, 4, 6, low=8.0, high=16.0), -t.rand(2, 2, 3, 6, low=8.0, high=16.0)
    return impl.prefix_attention(q, k, t.randn(2, 2, 4, 6), (prefix_keys, t.randn(2, 2, 3, 6)))


@probe(en="A layer's prefix in its attention", zh="把某一层的 prefix 用进 attention")
def together(impl, t: Tools):
    encoder = t.module(impl.PrefixEncoder, 2, 3, 4, 5, 6)
    q, k, v = (t.randn(2, 3, 4, 4) for _ in range(3))
    return [impl.prefix_attention(q, k, v, pair) for pair in encoder(2)]
