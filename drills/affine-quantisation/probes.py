"""Hidden tests of asymmetric quantisation: ranges on both sides of 0 and on one, few bits, ties at the edge.

A value near a half could go either way, so values lie within a quarter of a step of an integer code; steps
are powers of two, which makes the arithmetic exact.
"""

import torch

from llmprep.judge.probes import Tools, probe


def spread(t: Tools, below: float, levels: int, step: float, *shape: int):
    """From −below to levels − below steps, both ends included, no value near a half."""
    whole = t.randint(-int(below) + 1, max(levels - int(below) - 1, 1), *shape).float()
    x = whole + t.randint(-1, 2, *shape) / 4
    flat = x.view(-1)
    flat[1], flat[-2] = -below, levels - below
    return x * step


@probe(en="Negative and positive values", zh="有正有负", no_grad=True, dtypes=False)
def both_sides(impl, t: Tools):
    return [
        impl.quantise(spread(t, below, 255, step, 5, 7))
        for below, step in ((100, 0.25), (31, 2.0**-9), (200, 8.0))
    ]


@probe(
    en="The zero point is not a whole number before rounding",
    zh="零点取整之前不是整数",
    no_grad=True,
    dtypes=False,
)
def between_codes(impl, t: Tools):
    return [impl.quantise(spread(t, below, 255, 0.5, 4, 6)) for below in (90.25, 150.75, 12.25)]


@probe(en="All positive, all negative", zh="全为正，全为负", no_grad=True, dtypes=False)
def one_side(impl, t: Tools):
    x = (t.randint(80, 250, 4, 5) + t.randint(-1, 2, 4, 5) / 4) * 0.5
    x[2, 3] = 255 * 0.5
    return [impl.quantise(x), impl.quantise(-x), impl.quantise(x[2:3, 3:4])]


@probe(en="Fewer bits", zh="更少的 bit", no_grad=True, dtypes=False)
def few_bits(impl, t: Tools):
    results = []
    for bits, below in ((2, 1), (3, 5), (4, 6), (6, 20)):
        codes = t.randint(0, 2**bits, 3, 6).float()
        codes[0, 0], codes[1, 1] = 0, 2**bits - 1
        results.append(impl.quantise((codes - below) * 0.5, bits=bits))
    return results


@probe(en="Zeros only, and zeros among others", zh="全零，以及夹着零", no_grad=True, dtypes=False)
def zeros(impl, t: Tools):
    x = spread(t, 77, 255, 0.125, 4, 5)
    x[2] = 0
    q, scale, zero_point = impl.quantise(x)
    return [impl.quantise(torch.zeros(2, 3)), q[2], impl.dequantise(q, scale, zero_point)[2]]


@probe(en="Both ends round outwards", zh="两端都向外取整", no_grad=True, dtypes=False)
def edge(impl, t: Tools):
    eight = torch.tensor([-101.5, 153.5, 0.0, 12.0])
    four = torch.tensor([-5.5, 9.5, 0.0, 3.0])
    return [impl.quantise(eight * 0.5), impl.quantise(four * 2, bits=4)]


@probe(en="bfloat16 and float64", zh="bfloat16 与 float64", no_grad=True, dtypes=False)
def dtypes(impl, t: Tools):
    x = t.randint(-100, 156, 4, 6).float()
    x[0, 1], x[3, 2] = -100, 155
    q, scale, zero_point = impl.quantise((x * 3).double())
    return [impl.quantise((x * 0.5).bfloat16()), q, q.dtype == torch.uint8, scale, zero_point]


@probe(en="Back to float32", zh="还原成 float32", no_grad=True, dtypes=False)
def back(impl, t: Tools):
    q = t.randint(0, 256, 4, 6).to(torch.uint8)
    return [impl.dequantise(q, t.rand(), torch.tensor(z, dtype=torch.int32)) for z in (0, 93, 255)]


@probe(en="There and back", zh="量化再还原", no_grad=True, dtypes=False)
def there_and_back(impl, t: Tools):
    x = spread(t, 140, 255, 2.0**-4, 3, 8)
    return impl.dequantise(*impl.quantise(x))
