"""Hidden tests of `sinusoidal_encoding`.

Positions stay below 300, where float32 angles of any right formula agree.
"""

from llmprep.judge.probes import Tools, probe


@probe(en="Seven positions, width 6", zh="7 个位置，宽度 6")
def values(impl, t: Tools):
    return impl.sinusoidal_encoding(7, 6)


@probe(en="A wide model", zh="较宽的模型")
def wide(impl, t: Tools):
    return impl.sinusoidal_encoding(5, 64)


@probe(en="A long sequence", zh="较长的序列")
def long(impl, t: Tools):
    return impl.sinusoidal_encoding(t.integer(200, 300), 10)


@probe(en="Odd widths", zh="宽度为奇数")
def odd_widths(impl, t: Tools):
    return [impl.sinusoidal_encoding(6, 7), impl.sinusoidal_encoding(4, 1)]


@probe(en="Width 2, and a single position", zh="宽度 2，以及只有一个位置")
def smallest(impl, t: Tools):
    return [impl.sinusoidal_encoding(9, 2), impl.sinusoidal_encoding(1, 8)]


@probe(en="Longer after shorter, and another width", zh="先短后长，再换宽度")
def growing(impl, t: Tools):
    return [impl.sinusoidal_encoding(length, width) for length, width in ((3, 4), (8, 4), (5, 12))]


@probe(en="Nothing to learn in it", zh="不含可学习的东西")
def fixed(impl, t: Tools):
    return impl.sinusoidal_encoding(4, 6).requires_grad
