"""Hidden tests of `rope` and `rope_frequencies`.

Positions stay below 64 where bfloat16 or float64 is tried, so that float32 angles are precise enough; far
positions are tried with a width of 2, whose only frequency is exactly 1.
"""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Queries of several heads, positions 0 … T−1", zh="多个 head 的 query，位置 0 … T−1")
def values(impl, t: Tools):
    return impl.rope(t.randn(2, 3, 5, 8), torch.arange(5))


@probe(en="The frequencies, for other widths and bases", zh="不同宽度与 base 下的频率")
def frequencies(impl, t: Tools):
    return [impl.rope_frequencies(8), impl.rope_frequencies(10, base=500000.0), impl.rope_frequencies(2)]


@probe(en="Positions in any order, from anywhere", zh="位置可以乱序、不从 0 开始")
def any_positions(impl, t: Tools):
    return impl.rope(t.randn(7, 6), t.randint(3, 64, 7))


@probe(
    en="Own positions for every sequence (padding, packing)", zh="每条序列有自己的位置（padding、packing）"
)
def positions_per_sequence(impl, t: Tools):
    positions = torch.tensor([[[0, 0, 0, 1, 2]], [[0, 1, 2, 0, 1]]]) + t.randint(0, 9, 2, 1, 1)
    return impl.rope(t.randn(2, 3, 5, 6), positions)


@probe(en="One new token, as when decoding with a cache", zh="只有一个新 token，如带 cache 的解码")
def one_token(impl, t: Tools):
    return impl.rope(t.randn(2, 3, 1, 8), torch.tensor([t.integer(20, 64)]))


@probe(en="Other bases", zh="换一个 base")
def other_bases(impl, t: Tools):
    x, positions = t.randn(3, 6, 12), t.randint(0, 64, 6)
    return [impl.rope(x, positions, base=500000.0), impl.rope(x, positions, base=10.0)]


@probe(en="Positions far beyond any table", zh="远超任何预计算表的位置")
def far_positions(impl, t: Tools):
    return impl.rope(t.randn(3, 6, 2), t.randint(257, 100_000, 6))


@probe(en="Called again with other lengths and another base", zh="换长度、换 base 再次调用")
def repeated_calls(impl, t: Tools):
    short, long = t.randn(2, 4, 10), t.randn(2, 9, 10)
    calls = [(short, 4, 100.0), (long, 9, 100.0), (long, 9, 10000.0), (short, 4, 100.0)]
    return [impl.rope(x, torch.arange(length), base) for x, length, base in calls]


@probe(en="Only an odd width raises ValueError", zh="只有宽度为奇数时抛出 ValueError")
def odd_width(impl, t: Tools):
    even, odd, positions = t.randn(4, 6), t.randn(4, 7), torch.arange(4)
    fine = [impl.rope_frequencies(6), impl.rope(even, positions)]
    return [fine, t.raises(lambda: impl.rope_frequencies(7)), t.raises(lambda: impl.rope(odd, positions))]
