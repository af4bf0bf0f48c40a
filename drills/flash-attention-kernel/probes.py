"""Hidden tests of the attention kernel: no length is a multiple of a block, and d is no power of two."""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Lengths that no block divides", zh="块长都不整除", no_grad=True)
def values(impl, t: Tools):
    return impl.flash_attention(t.randn(2, 19, 5, scale=2.0), t.randn(2, 37, 5), t.randn(2, 37, 5))


@probe(en="Blocks of different lengths, wide heads", zh="块长不同、head 较宽", no_grad=True, dtypes=False)
def blocks(impl, t: Tools):
    q, k, v = t.randn(1, 21, 20), t.randn(1, 70, 20), t.randn(1, 70, 20)
    return [impl.flash_attention(q, k, v, block_q=a, block_k=b) for a, b in ((32, 16), (16, 64))]


@probe(en="Causal", zh="因果", no_grad=True, dtypes=False)
def causal(impl, t: Tools):
    q, k, v = t.randn(2, 35, 6), t.randn(2, 35, 6), t.randn(2, 35, 6)
    return impl.flash_attention(q, k, v, causal=True, block_q=16, block_k=32)


@probe(
    en="Causal after a past; a single query",
    zh="前面有过去时的因果；只有一个 query",
    no_grad=True,
    dtypes=False,
)
def causal_with_past(impl, t: Tools):
    k, v = t.randn(3, 40, 4), t.randn(3, 40, 4)
    return [impl.flash_attention(t.randn(3, length, 4), k, v, True) for length in (18, 1)]


@probe(en="Rising maxima, scores of several hundred", zh="最大值递增，分数有几百", no_grad=True, dtypes=False)
def large_scores(impl, t: Tools):
    q, v = t.rand(1, 4, 4, low=8.0, high=12.0), t.randn(1, 40, 4)
    steps = torch.linspace(-9, 13, 40)[:, None]
    return [
        impl.flash_attention(q, k, v)
        for k in (t.randn(1, 40, 4, scale=0.05) + steps, -12.0 - t.rand(1, 40, 4))
    ]


@probe(en="Many keys in bfloat16", zh="bfloat16，很多 key", no_grad=True, dtypes=False)
def many_keys(impl, t: Tools):
    # one weight of e⁸, then blocks whose weights are below half of its last digit
    q, k = t.randn(1, 2, 4, scale=0.02) + 2, t.randn(1, 450, 4, scale=0.02) - 0.2
    v = t.rand(1, 450, 4, high=0.02)
    k[:, 0], v[:, 0] = 2, t.rand(4, low=1.0, high=2.0)
    return impl.flash_attention(q.bfloat16(), k.bfloat16(), v.bfloat16())


@probe(en="Keys behind the diagonal are not loaded", zh="对角线之后的 key 不读", no_grad=True, dtypes=False)
def not_loaded(impl, t: Tools):
    q, k, v = t.randn(2, 45, 4), t.randn(2, 45, 4), t.randn(2, 45, 4)
    v[:, 32:] = float("nan")  # a weight of 0 times NaN would still be NaN
    k[1], v[1] = float("nan"), float("nan")
    seen = impl.flash_attention(q, k, v, True)[0, :32]
    return [seen, impl.flash_attention(q, k, v[:, :30].repeat(1, 2, 1)[:, :45])[0]]


@probe(en="The work is done in the kernel", zh="计算在 kernel 里完成", no_grad=True, dtypes=False)
def place(impl, t: Tools):
    q, k, v = t.randn(1, 5, 4), t.randn(1, 7, 4), t.randn(1, 7, 4)
    return t.cost(lambda: impl.flash_attention(q, k, v), operators=1.2)
