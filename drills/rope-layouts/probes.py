"""Hidden tests of both rotations and both conversions.

Positions stay small where other dtypes are tried. No permutation here is its own inverse (d/2 > 2), and
heads, d and d_model all differ.
"""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Neighbouring pairs", zh="相邻配对的旋转")
def interleaved(impl, t: Tools):
    return impl.rope_interleaved(t.randn(2, 3, 5, 8), torch.arange(5))


@probe(en="Pairs from two halves", zh="前后两半配对的旋转")
def half_split(impl, t: Tools):
    return impl.rope_half_split(t.randn(2, 3, 5, 8), torch.arange(5))


@probe(en="Any positions, another base", zh="任意位置，换一个 base")
def positions_and_base(impl, t: Tools):
    x, positions = t.randn(7, 6), t.randint(2, 60, 7)
    rotations = (impl.rope_interleaved, impl.rope_half_split)
    return [rotate(x, positions, base) for rotate in rotations for base in (50.0, 500000.0)]


@probe(en="Positions far beyond 256", zh="远超 256 的位置")
def far_positions(impl, t: Tools):
    x, positions = t.randn(6, 2), t.randint(257, 5000, 6)  # of one pair, whose frequency is exactly 1
    return [impl.rope_interleaved(x, positions), impl.rope_half_split(x, positions)]


@probe(en="A weight from interleaved to half-split", zh="权重从 interleaved 转到 half-split", no_grad=True)
def weight_there(impl, t: Tools):
    return impl.interleaved_to_half_split(t.randn(3 * 8, 5), 3)


@probe(en="A weight from half-split to interleaved", zh="权重从 half-split 转到 interleaved", no_grad=True)
def weight_back(impl, t: Tools):
    return impl.half_split_to_interleaved(t.randn(3 * 8, 5), 3)


@probe(en="Biases, and one head of several", zh="bias，以及只有一个 head", no_grad=True)
def biases(impl, t: Tools):
    bias, single = t.randn(2 * 10), t.randn(10, 3)
    return [
        impl.interleaved_to_half_split(bias, 2),
        impl.half_split_to_interleaved(bias, 2),
        impl.interleaved_to_half_split(single, 1),
        impl.half_split_to_interleaved(single, 1),
    ]


@probe(en="Scores of both layouts, with fewer key heads", zh="两种布局的分数，key 的 head 更少", no_grad=True)
def scores(impl, t: Tools):
    x, w_q, w_k = t.randn(2, 5, 7), t.randn(4 * 6, 7), t.randn(2 * 6, 7)
    positions = torch.arange(3, 8)
    converted = [impl.interleaved_to_half_split(w, heads) for w, heads in ((w_q, 4), (w_k, 2))]
    return [
        scores_of(x, w_q, w_k, lambda y: impl.rope_interleaved(y, positions)),
        scores_of(x, *converted, lambda y: impl.rope_half_split(y, positions)),
    ]


@probe(en="There and back", zh="转过去再转回来", no_grad=True)
def round_trip(impl, t: Tools):
    weight = t.randn(5 * 6, 4)
    there = impl.interleaved_to_half_split(weight, 5)
    return [there, impl.half_split_to_interleaved(there, 5)]


def scores_of(x, w_q, w_k, rotate):
    """(batch, heads, T, T) of 4 query heads that share 2 key heads."""
    x = x.to(w_q.dtype)
    q = rotate((x @ w_q.T).unflatten(-1, (4, 6)).transpose(1, 2))
    k = rotate((x @ w_k.T).unflatten(-1, (2, 6)).transpose(1, 2))
    return q @ k.repeat_interleave(2, dim=1).transpose(-1, -2)
