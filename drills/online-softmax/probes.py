"""Hidden tests of the online softmax: maxima that rise and that fall, rows far apart, −∞ at every place.

The gradient of a pair (m, l) depends on whether m is detached, that of the softmax does not: only the
latter is looked at.
"""

import math

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="The pair after each of four chunks", zh="四块依次到来，每次之后的一对", no_grad=True)
def running_state(impl, t: Tools):
    state, seen = None, []
    for width in (5, 3, 1, 4):
        state = impl.update(state, t.randn(2, 6, width, scale=2.0))
        seen.append(state)
    alone = impl.update(impl.update(None, t.randn(6)), t.randn(2))
    return [seen, alone]


@probe(en="Two pairs merged", zh="合并两对", no_grad=True)
def merged(impl, t: Tools):
    a = t.randn(3, 4, scale=2.0), t.rand(3, 4, low=1.0, high=5.0)
    b = t.randn(3, 4, scale=2.0), t.rand(3, 4, low=1.0, high=7.0)
    return [impl.merge(a, b), impl.merge(b, a), impl.merge(a, a)]


@probe(en="Chunks merged as a tree, two by two", zh="各块两两合并成一棵树", no_grad=True)
def tree(impl, t: Tools):
    a, b, c, d = (impl.update(None, t.randn(7, n, scale=3.0)) for n in (2, 5, 1, 3))
    halves = impl.merge(impl.merge(a, b), impl.merge(c, d))
    return [halves, impl.merge(a, impl.merge(b, impl.merge(c, d))), impl.update(halves, t.randn(7, 4))]


@probe(en="Softmax of chunks of different widths", zh="宽度不同的各块的 softmax")
def softmax(impl, t: Tools):
    chunks = [t.randn(*t.lead, width, scale=2.0) for width in (4, 1, 6, 3)]
    return impl.online_softmax(chunks)


@probe(
    en="One row without leading dimension, one chunk, chunks of one", zh="没有前置维度，只有一块，每块一个数"
)
def small(impl, t: Tools):
    return [
        impl.online_softmax([t.randn(5), t.randn(3)]),
        impl.online_softmax([t.randn(2, 6)]),
        impl.online_softmax([t.randn(3, 1) for _ in range(4)]),
    ]


# bfloat16 keeps whole units of such numbers only, and almost no gradient is left
@probe(
    en="Huge entries, rising and falling, rows far apart",
    zh="数值极大，时升时降，各行相差悬殊",
    dtypes=False,
    no_grad=True,
)
def large(impl, t: Tools):
    shifts = torch.tensor([[800.0], [-900.0], [0.0]])
    chunks = [
        t.randn(3, n, scale=3.0) + shifts + step
        for n, step in ((4, 0.0), (2, 300.0), (3, -300.0), (5, 301.0))
    ]
    state = None
    for chunk in chunks:
        state = impl.update(state, chunk)
    a, b = impl.update(None, chunks[0]), impl.update(None, chunks[1])
    return [state, impl.merge(a, b), impl.merge(b, a), impl.online_softmax(chunks)]


@probe(en="−∞ entries and whole chunks of −∞", zh="有 −∞ 的元素，以及整块都是 −∞")
def minus_infinity(impl, t: Tools):
    chunks = [t.randn(4, width) for width in (3, 5, 2, 4)]
    for row, chunk in enumerate(chunks):  # each row misses another chunk
        chunk[row] = -math.inf
    chunks[1][0, 2:] = chunks[3][1, :3] = -math.inf
    chunks[0][2], chunks[1][2] = -math.inf, -math.inf
    return impl.online_softmax(chunks)


@probe(en="Nothing but −∞ so far", zh="到目前为止只有 −∞", no_grad=True)
def nothing_seen(impl, t: Tools):
    empty = torch.full((2, 3), -math.inf)
    chunk = t.randn(2, 4)
    chunk[1] = -math.inf
    first = impl.update(None, empty)
    second = impl.update(first, empty)
    third = impl.update(second, chunk)
    own = impl.update(None, chunk)
    return [
        first,
        second,
        third,
        impl.merge(own, first),
        impl.merge(first, own),
        impl.online_softmax([empty, chunk]),
    ]


# the chunks of 8 rows are 4 wide; joined they are 12 times as wide
@probe(en="12 chunks are never joined", zh="12 块，从不拼接", dtypes=False, no_grad=True)
def cost(impl, t: Tools):
    chunks = list(t.randn(12, 8, 4))
    return [t.cost(lambda: impl.online_softmax(chunks), largest=6.0), impl.online_softmax(chunks)]
