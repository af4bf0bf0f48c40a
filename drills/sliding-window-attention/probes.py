"""Hidden tests of the sliding window: T a multiple of it or not, shorter, as long; T, d_k, d_v all differ."""

from llmprep.judge.probes import Tools, probe


@probe(en="Mask without a past", zh="没有过去的 mask")
def mask(impl, t: Tools):
    sizes = [(7, 7, 3), (5, 5, 1), (4, 4, 4), (4, 4, 9), (1, 1, 1)]
    return [impl.sliding_window_mask(*size) for size in sizes]


@probe(en="Mask of a few queries after a past", zh="前面有过去时，几个 query 的 mask")
def mask_with_past(impl, t: Tools):
    sizes = [(3, 8, 4), (2, 9, 2), (1, 7, 3), (4, 6, 10)]
    return [impl.sliding_window_mask(*size) for size in sizes] + [
        impl.sliding_window_mask(T_q=3, T_k=5, window=2)
    ]


@probe(en="T a multiple of the window", zh="T 是窗口的整数倍")
def whole_blocks(impl, t: Tools):
    return impl.sliding_window_attention(t.randn(2, 12, 5), t.randn(2, 12, 5), t.randn(2, 12, 4), 3)


@probe(en="T no multiple of the window", zh="T 不是窗口的整数倍")
def part_of_a_block(impl, t: Tools):
    q, k, v = t.randn(2, 11, 5), t.randn(2, 11, 5), t.randn(2, 11, 4)
    return [impl.sliding_window_attention(q, k, v, window) for window in (4, 3, 10)]


@probe(en="Window as long as the sequence, and longer", zh="窗口等于或大于序列长度")
def wide_window(impl, t: Tools):
    q, k, v = t.randn(2, 6, 5), t.randn(2, 6, 5), t.randn(2, 6, 4)
    return [impl.sliding_window_attention(q, k, v, window) for window in (6, 7, 20)]


@probe(en="Window of one token, sequence of one token", zh="窗口为 1，以及只有一个 token")
def single_token(impl, t: Tools):
    alone = impl.sliding_window_attention(t.randn(2, 5, 3), t.randn(2, 5, 3), t.randn(2, 5, 4), window=1)
    short = impl.sliding_window_attention(t.randn(2, 1, 3), t.randn(2, 1, 3), t.randn(2, 1, 4), 3)
    return [alone, short]


@probe(en="No leading dimension, and several", zh="没有前置维度，以及有多个前置维度")
def leading_dimensions(impl, t: Tools):
    single = impl.sliding_window_attention(t.randn(7, 6), t.randn(7, 6), t.randn(7, 5), 2)
    many = impl.sliding_window_attention(
        t.randn(*t.lead, 7, 6), t.randn(*t.lead, 7, 6), t.randn(*t.lead, 7, 5), 3
    )
    return [single, many]


# not in bfloat16: rounding of scores in the hundreds moves whole weights, in right answers too
@probe(en="Large scores stay finite, and none is lost to padding", zh="分数很大或极小时也正确", dtypes=False)
def large_scores(impl, t: Tools):
    q, k = t.rand(1, 9, 6, low=5.0, high=15.0), t.rand(1, 9, 6, low=5.0, high=15.0)
    v = t.randn(1, 9, 3)
    return [impl.sliding_window_attention(q, k, v, 4), impl.sliding_window_attention(-q, k, v, 4)]


# the reference's largest tensor is its result, 96 × 4 numbers of four bytes; a T × T mask is six times that
@probe(en="Memory and time do not grow with T²", zh="内存和时间不随 T² 增长", no_grad=True, dtypes=False)
def cost(impl, t: Tools):
    q, k, v = t.randn(96, 4), t.randn(96, 4), t.randn(96, 4)
    return t.cost(lambda: impl.sliding_window_attention(q, k, v, 4), largest=5.0, flops=3.0)
