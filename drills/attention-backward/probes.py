"""Hidden tests of `attention_backward`: T_q, T_k, d_k and d_v all differ, and once all are equal.

Not in bfloat16: the gradient of the scores is a difference of products, of which rounding leaves too little.
"""

import torch

from llmprep.judge.probes import Tools, probe


def inputs(t: Tools, *lead: int, tq: int = 4, tk: int = 6, dk: int = 8, dv: int = 5):
    """grad_output, q, k, v."""
    return t.randn(*lead, tq, dv), t.randn(*lead, tq, dk), t.randn(*lead, tk, dk), t.randn(*lead, tk, dv)


@probe(en="Several heads, no mask", zh="多个 head，没有 mask", dtypes=False, no_grad=True)
def values(impl, t: Tools):
    return impl.attention_backward(*inputs(t, 2, 3))


@probe(en="float64 arguments", zh="float64 的参数", dtypes=False, no_grad=True)
def doubles(impl, t: Tools):
    return impl.attention_backward(*(tensor.double() for tensor in inputs(t, 2)))


@probe(
    en="No leading dimensions, other widths, all sizes equal",
    zh="没有前置维度，其他宽度，所有大小相等",
    dtypes=False,
    no_grad=True,
)
def shapes(impl, t: Tools):
    return [
        impl.attention_backward(*inputs(t)),
        impl.attention_backward(*inputs(t, 2, tq=5, tk=3, dk=2, dv=7)),
        impl.attention_backward(*inputs(t, 4, tq=4, tk=4, dk=4, dv=4)),
    ]


@probe(
    en="A mask per query, one per sequence, a causal one",
    zh="逐 query 的 mask、逐序列的 mask、因果 mask",
    dtypes=False,
    no_grad=True,
)
def masks(impl, t: Tools):
    per_sequence = t.mask(2, 1, 1, 6)
    per_sequence[..., 1:3] = True  # with a single key the gradient is zero, but for rounding
    return [
        impl.attention_backward(*inputs(t, 2, 3), t.mask(2, 3, 4, 6)),
        impl.attention_backward(*inputs(t, 2, 3), mask=per_sequence),
        impl.attention_backward(*inputs(t, 2, tq=5, tk=5), torch.ones(5, 5, dtype=torch.bool).tril()),
    ]


@probe(en="A query that may attend to nothing", zh="一个 key 都不能看的 query", dtypes=False, no_grad=True)
def nothing_allowed(impl, t: Tools):
    mask = t.mask(2, 1, 4, 6)
    mask[0, 0, 2] = False
    none = torch.zeros(4, 6, dtype=torch.bool)
    return [impl.attention_backward(*inputs(t, 2, 3), mask), impl.attention_backward(*inputs(t), none)]


# an offset that all scores of a row share: exp overflows or underflows, the weights stay ordinary
@probe(en="Scores around +140 and −140", zh="分数在 +140 与 −140 附近", dtypes=False, no_grad=True)
def large_scores(impl, t: Tools):
    gradient, q, k, v = inputs(t, 2)
    q[..., 0] = 200.0
    k[..., 0] = torch.tensor([[2.0], [-2.0]])
    return impl.attention_backward(gradient, q, k, v)


@probe(en="A single key, and a single query", zh="只有一个 key，只有一个 query", dtypes=False, no_grad=True)
def single(impl, t: Tools):
    one_key = impl.attention_backward(*inputs(t, 2, tk=1))
    return [
        one_key[2],
        list(one_key[0].shape),
        list(one_key[1].shape),
        impl.attention_backward(*inputs(t, 2, tq=1)),
    ]
