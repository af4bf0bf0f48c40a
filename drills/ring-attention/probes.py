"""Hidden tests of ring attention: real processes, each with its shard; B, H, T, d_k, d_v all differ.

With two ranks the next one and the one before are the same: only three tell them apart.
"""

import torch

from llmprep.judge.probes import Tools, probe


def shards(t: Tools, world, B, H, T, d_k, d_v, scale=1.0):
    """q, k, v of each rank: (world, B, H, T, width)."""
    return tuple(t.randn(world, B, H, T, width, scale=scale) for width in (d_k, d_k, d_v))


@probe(en="Two ranks", zh="两个 rank", dtypes=False, no_grad=True)
def two(impl, t: Tools):
    q, k, v = shards(t, 2, 2, 3, 4, 6, 5)
    return t.ranks(2, lambda rank, world: impl.ring_attention(q[rank], k[rank], v[rank]))


@probe(en="Three ranks", zh="三个 rank", dtypes=False, no_grad=True)
def three(impl, t: Tools):
    q, k, v = shards(t, 3, 2, 1, 5, 4, 6)
    return t.ranks(3, lambda rank, world: impl.ring_attention(q[rank], k[rank], v[rank]))


@probe(en="Three ranks, causal", zh="三个 rank，因果", dtypes=False, no_grad=True)
def causal(impl, t: Tools):
    q, k, v = shards(t, 3, 1, 2, 4, 5, 3)
    return t.ranks(3, lambda rank, world: impl.ring_attention(q[rank], k[rank], v[rank], causal=True))


@probe(en="One position on each rank, causal", zh="每个 rank 只有一个位置，因果", dtypes=False, no_grad=True)
def single_position(impl, t: Tools):
    q, k, v = shards(t, 3, 2, 3, 1, 4, 5)
    return t.ranks(3, lambda rank, world: impl.ring_attention(q[rank], k[rank], v[rank], True))


@probe(
    en="Scores of several hundred, rising and falling", zh="分数有几百，时升时降", dtypes=False, no_grad=True
)
def large_scores(impl, t: Tools):
    q, k, v = shards(t, 3, 1, 2, 4, 6, 3)
    q = 9 + q.abs()
    k = k * 0.2 + torch.tensor([5.0, 16.0, -12.0]).view(3, 1, 1, 1, 1)
    signs = torch.tensor([1.0, -1.0]).view(2, 1, 1)

    def both(rank, world):
        return [impl.ring_attention(q[rank] * signs, k[rank], v[rank], causal) for causal in (False, True)]

    return t.ranks(3, both)


@probe(en="Called twice, with other shapes", zh="换形状连续调用两次", dtypes=False, no_grad=True)
def twice(impl, t: Tools):
    first, second = shards(t, 3, 2, 1, 3, 4, 5), shards(t, 3, 1, 2, 4, 3, 2)

    def calls(rank, world):
        return [
            impl.ring_attention(*(x[rank] for x in first), causal=True),
            impl.ring_attention(*(x[rank] for x in second)),
            impl.ring_attention(*(x[rank] for x in first)),
        ]

    return t.ranks(3, calls)


# on a rank k is 48 numbers and a block of scores 36; joined, three times as many
@probe(
    en="Nothing as long as the whole sequence", zh="没有与整条序列一样长的张量", dtypes=False, no_grad=True
)
def memory(impl, t: Tools):
    q, k, v = shards(t, 3, 1, 1, 6, 8, 8)
    return t.ranks(
        3,
        lambda rank, world: t.cost(
            lambda: impl.ring_attention(q[rank], k[rank], v[rank]), largest=2.2, flops=1.1
        ),
    )


@probe(
    en="Causal: blocks of later ranks are not computed with",
    zh="因果：后面 rank 的块不参与计算",
    dtypes=False,
    no_grad=True,
)
def causal_cost(impl, t: Tools):
    q, k, v = shards(t, 3, 1, 1, 6, 8, 8)
    return t.ranks(
        3,
        lambda rank, world: t.cost(
            lambda: impl.ring_attention(q[rank], k[rank], v[rank], causal=True), largest=2.2, flops=1.1
        ),
    )
