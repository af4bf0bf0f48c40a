"""Hidden tests of `alibi_slopes` and `alibi_bias`: heads of every number, fewer queries than keys."""

from llmprep.judge.probes import Tools, probe


@probe(en="Slopes, heads a power of two", zh="斜率，head 数为 2 的幂")
def slopes(impl, t: Tools):
    return [impl.alibi_slopes(n) for n in (8, 16, 2, 4, 1, 32)]


@probe(en="Slopes, any other number of heads", zh="斜率，head 数不是 2 的幂")
def other_slopes(impl, t: Tools):
    return [impl.alibi_slopes(n) for n in (12, 3, 5, 6, 7, 20, 31, 112)]


@probe(en="Biases of a whole sequence", zh="整条序列的偏置")
def biases(impl, t: Tools):
    return [impl.alibi_bias(4, 6, 6), impl.alibi_bias(6, 5, 5), impl.alibi_bias(1, 3, 3)]


@probe(en="Fewer queries than keys, as with a cache", zh="query 少于 key，如带 cache 时")
def with_cache(impl, t: Tools):
    heads, keys = t.integer(2, 6), t.integer(7, 12)
    return [impl.alibi_bias(heads, 1, keys), impl.alibi_bias(heads, 3, keys), impl.alibi_bias(3, 2, 5)]


@probe(en="One key", zh="只有一个 key")
def one_key(impl, t: Tools):
    return impl.alibi_bias(3, 1, 1)


@probe(en="Called again with other sizes", zh="换大小再次调用")
def repeated_calls(impl, t: Tools):
    return [impl.alibi_bias(heads, T, T) for heads, T in ((4, 3), (4, 7), (2, 7), (5, 3))]
