"""Hidden tests of three ways to stretch RoPE.

Frequencies span four decades, so they are compared as logarithms: an error in the slow pairs must not hide
behind the fast ones.
"""

from llmprep.judge.probes import Tools, probe


@probe(en="Position interpolation", zh="位置插值")
def linear(impl, t: Tools):
    factor = float(t.choice((2.0, 3.5, 8.0)))
    found = [impl.linear_frequencies(8, factor), impl.linear_frequencies(10, factor, 500000.0)]
    return [found, logarithms(found)]


@probe(en="NTK-aware base", zh="NTK-aware 的 base")
def ntk(impl, t: Tools):
    factor = float(t.choice((2.0, 3.5, 8.0)))
    found = [impl.ntk_frequencies(8, factor), impl.ntk_frequencies(10, factor, base=500000.0)]
    return [found, logarithms([*found, impl.ntk_frequencies(64, 16)])]


@probe(en="YaRN as in LLaMA, 4K to 64K", zh="YaRN：LLaMA 从 4K 到 64K")
def yarn(impl, t: Tools):
    frequencies, attention = impl.yarn_frequencies(128, 16.0, 4096)
    return [frequencies, logarithms([frequencies]), attention]


@probe(en="YaRN with other widths, lengths and bases", zh="YaRN：其他宽度、长度与 base")
def other_yarn(impl, t: Tools):
    factor, length = t.choice((2.5, 4.0, 40.0)), t.choice((1000, 2048, 3000))
    cases = [
        impl.yarn_frequencies(64, factor, length),
        impl.yarn_frequencies(48, factor, length, 1_000_000.0),
    ]
    return [[logarithms([frequencies]), attention] for frequencies, attention in cases]


@probe(en="YaRN with other bounds", zh="YaRN：其他 fast 与 slow")
def bounds(impl, t: Tools):
    cases = [
        impl.yarn_frequencies(64, 4.0, 4096, fast=16, slow=2),
        impl.yarn_frequencies(64, 4.0, 4096, 10000.0, 64, 4),
        impl.yarn_frequencies(64, 4.0, 4096, slow=0.5),
    ]
    return [[logarithms([frequencies]), attention] for frequencies, attention in cases]


@probe(en="YaRN where the ramp leaves the range of pairs", zh="YaRN：斜坡超出下标范围")
def ramp_beyond(impl, t: Tools):
    cases = [
        impl.yarn_frequencies(16, 4.0, 60),  # the ramp would begin below 0
        impl.yarn_frequencies(16, 4.0, 4096, 100.0),  # and end beyond the last pair
        impl.yarn_frequencies(16, 4.0, 645, 10.0),  # or beyond d - 1
    ]
    return [logarithms([frequencies]) for frequencies, _ in cases]


@probe(en="Factor 1 changes nothing", zh="factor 为 1 时不变")
def factor_one(impl, t: Tools):
    return [
        impl.linear_frequencies(12, 1.0),
        impl.ntk_frequencies(12, 1),
        impl.yarn_frequencies(12, 1.0, 2048),
    ]


@probe(en="Called again with another base and factor", zh="换 base、换 factor 再次调用")
def repeated_calls(impl, t: Tools):
    calls = [(4.0, 100.0), (4.0, 10000.0), (2.0, 10000.0), (4.0, 100.0)]
    return [
        logarithms([impl.linear_frequencies(16, *call), impl.ntk_frequencies(16, *call)])
        + logarithms([impl.yarn_frequencies(16, call[0], 2048, call[1])[0]])
        for call in calls
    ]


def logarithms(found):
    return [frequencies.log() for frequencies in found]
