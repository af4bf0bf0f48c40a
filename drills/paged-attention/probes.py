"""Hidden tests: blocks in no order, some shared, and NaN wherever nothing is stored."""

import torch

from llmprep.judge.probes import Tools, probe


def cache(t: Tools, lengths: list[int], size: int = 4, kv_heads: int = 2, d: int = 6, spare: int = 3):
    """Pools, table and lengths; every sequence has blocks of its own, scattered over the pool."""
    needed = [-(-length // size) for length in lengths]
    order = torch.randperm(sum(needed) + spare, generator=torch.Generator().manual_seed(t.integer(0, 1000)))
    k, v = (torch.full((len(order), size, kv_heads, d), float("nan")) for _ in range(2))
    table = torch.full((len(lengths), max(needed) + 1), -1)
    used = 0
    for row, (length, count) in enumerate(zip(lengths, needed, strict=True)):
        blocks = order[used : used + count]
        used += count
        table[row, :count] = blocks
        for position in range(length):
            block, place = blocks[position // size], position % size
            k[block, place], v[block, place] = t.randn(kv_heads, d), t.randn(kv_heads, d)
    return k, v, table, torch.tensor(lengths)


@probe(en="Sequences of unlike length", zh="长短不一的序列", no_grad=True)
def values(impl, t: Tools):
    return impl.paged_attention(t.randn(3, 6, 6, scale=2.0), *cache(t, [9, 3, 14]))


@probe(
    en="Lengths that fill a block, and lengths of one",
    zh="恰好填满一块，以及长度为 1",
    no_grad=True,
    dtypes=False,
)
def edges(impl, t: Tools):
    q = t.randn(4, 4, 5)
    return impl.paged_attention(q, *cache(t, [1, 3, 6, 4], size=3, kv_heads=4, d=5))


@probe(
    en="One K/V head for all queries; one per query",
    zh="所有 query 共用一个 K/V head；每个 query 各一个",
    no_grad=True,
    dtypes=False,
)
def groups(impl, t: Tools):
    one = impl.paged_attention(t.randn(2, 6, 4), *cache(t, [5, 7], kv_heads=1, d=4))
    return [one, impl.paged_attention(t.randn(2, 3, 4), *cache(t, [5, 7], kv_heads=3, d=4))]


@probe(en="Two sequences that share blocks", zh="两条序列共用块", no_grad=True, dtypes=False)
def shared(impl, t: Tools):
    k, v, table, lengths = cache(t, [12, 10])
    table[1, :2] = table[0, :2]
    return impl.paged_attention(t.randn(2, 4, 6), k, v, table, lengths)


@probe(
    en="Blocks of one token, one long block", zh="一块一个 token，以及一个长块", no_grad=True, dtypes=False
)
def block_sizes(impl, t: Tools):
    small = impl.paged_attention(t.randn(2, 4, 6), *cache(t, [5, 2], size=1))
    return [small, impl.paged_attention(t.randn(2, 4, 6), *cache(t, [5, 11], size=16))]


@probe(en="Scores of several hundred", zh="分数有几百", no_grad=True, dtypes=False)
def large(impl, t: Tools):
    k, v, table, lengths = cache(t, [6, 9])
    return impl.paged_attention(t.randn(2, 4, 6, scale=3.0), k * 60, v, table, lengths)


# the pool holds 40 blocks, of which one sequence needs two
@probe(
    en="Nothing as large as the pool is created", zh="不创建与池子一样大的张量", no_grad=True, dtypes=False
)
def memory(impl, t: Tools):
    k, v, table, lengths = cache(t, [7, 5], spare=36)
    table = torch.cat([table, torch.full((2, 40), -1)], dim=1)
    q = t.randn(2, 4, 6)
    return t.cost(lambda: impl.paged_attention(q, k, v, table, lengths), largest=4.0)
