"""Hidden tests of T5's buckets and biases.

With the default sizes a boundary of two-way buckets falls exactly on the distances 16, 32 and 64, where
rounding of the logarithm would decide: these are left out.
"""

import torch

from llmprep.judge.probes import Tools, probe

BOTH = torch.tensor([n for n in range(-140, 141) if abs(n) not in (16, 32, 64)])


@probe(en="Both directions, default sizes", zh="双向，默认大小")
def both_directions(impl, t: Tools):
    return impl.relative_position_bucket(BOTH)


@probe(en="One direction, default sizes", zh="单向，默认大小")
def one_direction(impl, t: Tools):
    return impl.relative_position_bucket(torch.arange(-140, 30), bidirectional=False)


@probe(en="Other numbers of buckets and distances", zh="其他桶数与最大距离")
def other_sizes(impl, t: Tools):
    near = torch.arange(-45, 46)
    return [
        impl.relative_position_bucket(near, num_buckets=12, max_distance=20),
        impl.relative_position_bucket(near, False, 12, 20),
        impl.relative_position_bucket(near, True, 10, 30),
        impl.relative_position_bucket(near, False, 10, 30),
    ]


@probe(en="Any shape, very far positions", zh="任意形状，极远的位置")
def any_shape(impl, t: Tools):
    far = torch.tensor([[[-100_000, -129, 1000]], [[129, 1_000_000, 0]]])
    chosen = BOTH[t.randint(0, len(BOTH), 2, 3, 4)]
    return [
        impl.relative_position_bucket(positions, way) for positions in (far, chosen) for way in (True, False)
    ]


@probe(en="Biases of an encoder", zh="encoder 的偏置")
def encoder(impl, t: Tools):
    bias = t.module(impl.RelativePositionBias, 3, num_buckets=12, max_distance=20)
    return [bias(30, 30), bias(4, 4)]


@probe(en="Biases of a decoder, with and without a cache", zh="decoder 的偏置，有无 cache")
def decoder(impl, t: Tools):
    bias = t.module(impl.RelativePositionBias, 5, False, 12, 20)
    keys = t.integer(21, 30)
    return [bias(25, 25), bias(1, keys), bias(3, keys)]


@probe(en="Default sizes of the module", zh="模块的默认大小")
def default_sizes(impl, t: Tools):
    bias, causal = (t.module(impl.RelativePositionBias, 2, *way) for way in ((), (False,)))
    return [bias(15, 15), causal(20, 20), bias(2, 15), causal(1, 129)]


@probe(en="Called again with other lengths", zh="换长度再次调用")
def repeated_calls(impl, t: Tools):
    bias = t.module(impl.RelativePositionBias, 4, True, 10, 30)
    return [bias(queries, keys) for queries, keys in ((3, 3), (9, 9), (2, 9), (3, 3))]
