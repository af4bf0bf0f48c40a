"""Hidden tests of `attention`: every size differs, so that no two formulas coincide by accident."""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Random q, k, v", zh="随机的 q、k、v")
def values(impl, t: Tools):
    return impl.attention(t.randn(2, 5, 8), t.randn(2, 7, 8), t.randn(2, 7, 12))


@probe(en="No leading dimension, and several", zh="没有前置维度，以及有多个前置维度")
def leading_dimensions(impl, t: Tools):
    single = impl.attention(t.randn(3, 6), t.randn(4, 6), t.randn(4, 5))
    many = impl.attention(t.randn(*t.lead, 3, 6), t.randn(*t.lead, 4, 6), t.randn(*t.lead, 4, 5))
    return [single, many]


@probe(en="Padding mask (2, 1, 7)", zh="padding mask (2, 1, 7)")
def padding_mask(impl, t: Tools):
    return impl.attention(t.randn(2, 5, 8), t.randn(2, 7, 8), t.randn(2, 7, 12), t.mask(2, 1, 7))


@probe(en="Causal mask (6, 6) over two leading dimensions", zh="两个前置维度下的因果 mask (6, 6)")
def causal_mask(impl, t: Tools):
    causal = torch.ones(6, 6, dtype=torch.bool).tril()
    q, k, v = t.randn(*t.lead, 6, 4), t.randn(*t.lead, 6, 4), t.randn(*t.lead, 6, 3)
    return impl.attention(q, k, v, mask=causal)


@probe(en="A query that may attend to nothing", zh="一个 key 都不能看的 query")
def empty_row(impl, t: Tools):
    mask = t.mask(2, 5, 7)
    mask[0, 1] = False
    mask[1, 4] = False
    return impl.attention(t.randn(2, 5, 8), t.randn(2, 7, 8), t.randn(2, 7, 12), mask)


# bfloat16 rounds scores of this size by whole units, and a saturated softmax has almost no gradient:
# what other dtypes and gradients give here is rounding, not the candidate's doing
@probe(en="Large scores stay finite", zh="分数很大时不溢出", dtypes=False, no_grad=True)
def large_scores(impl, t: Tools):
    q, k = t.randn(1, 6, 6, scale=12.0), t.randn(1, 7, 6, scale=12.0)
    return impl.attention(q, k, t.randn(1, 7, 3), t.mask(1, 6, 7))


@probe(en="One query, one key", zh="只有一个 query 和一个 key")
def single_key(impl, t: Tools):
    return impl.attention(t.randn(2, 1, 4), t.randn(2, 1, 4), t.randn(2, 1, 3))


@probe(en="Called twice with other masks", zh="换 mask 连续调用两次")
def repeated_calls(impl, t: Tools):
    q, k, v = t.randn(2, 5, 8), t.randn(2, 7, 8), t.randn(2, 7, 12)
    return [
        impl.attention(q, k, v, t.mask(2, 5, 7)),
        impl.attention(q, k, v, t.mask(5, 7)),
        impl.attention(q, k, v),
    ]
