"""Hidden tests of symmetric INT8: scales that differ along every axis, zeros, halves, and both dtypes.

Integers near a half could differ by rounding alone, so values are multiples of a quarter of the scale.
"""

import torch

from llmprep.judge.probes import Tools, probe


def grid(t: Tools, *shape: int, step: float = 0.25):
    """Multiples of a quarter below 126, and one 127 that fixes the scale at `step`."""
    x = t.randint(-126 * 4 + 1, 126 * 4, *shape) / 4
    x = torch.where((x * 4) % 4 == 2, x + 0.25, x)  # no halves
    x.view(-1)[t.integer(0, x.numel())] = 127.0
    return x * step


@probe(en="One scale for a matrix", zh="整个矩阵一个 scale", no_grad=True, dtypes=False)
def per_tensor(impl, t: Tools):
    return [impl.quantise(grid(t, 5, 7, step=step)) for step in (0.25, 2.0**-9, 8.0)]


@probe(en="The largest magnitude is negative", zh="绝对值最大的数是负的", no_grad=True, dtypes=False)
def negative(impl, t: Tools):
    return impl.quantise(-grid(t, 4, 6).abs())


def channels(t: Tools, axis: int, *shape: int):
    """Every index along `axis` has a scale of its own."""
    parts = [grid(t, *shape[:axis], *shape[axis + 1 :], step=2.0 ** (i - 3)) for i in range(shape[axis])]
    return torch.stack(parts, dim=axis)


@probe(en="A scale per row, per column", zh="每行一个、每列一个 scale", no_grad=True, dtypes=False)
def per_channel(impl, t: Tools):
    return [impl.quantise(channels(t, 0, 4, 6), 0), impl.quantise(channels(t, 1, 3, 5), axis=1)]


@probe(en="Three axes, and an axis from the end", zh="三个轴，以及从末尾数的轴", no_grad=True, dtypes=False)
def more_axes(impl, t: Tools):
    middle, last = channels(t, 1, 2, 4, 3), channels(t, 2, 2, 3, 4)
    return [impl.quantise(middle, 1), impl.quantise(last, axis=-1), impl.quantise(middle, -2)]


@probe(en="Halves go to the even neighbour", zh="正好一半时取偶数", no_grad=True, dtypes=False)
def halves(impl, t: Tools):
    x = torch.tensor([127.0, 0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 63.5, -64.5, 0.0])
    return impl.quantise(x * 0.5)


@probe(en="Zeros: everywhere, and in one row", zh="全零，以及有一行是零", no_grad=True, dtypes=False)
def zeros(impl, t: Tools):
    x = channels(t, 0, 3, 5)
    x[1] = 0
    return [impl.quantise(torch.zeros(2, 3)), impl.quantise(x, 0)]


@probe(en="bfloat16 and float64", zh="bfloat16 与 float64", no_grad=True, dtypes=False)
def dtypes(impl, t: Tools):
    x = t.randint(-126, 127, 4, 6).float()
    x[2, 3] = 127
    q, scale = impl.quantise((x * 0.5).bfloat16(), 0)
    return [impl.quantise((x * 0.5).bfloat16()), scale, q.dtype == torch.int8, impl.quantise(x.double() * 3)]


@probe(en="Back to float32", zh="还原成 float32", no_grad=True, dtypes=False)
def back(impl, t: Tools):
    q = t.randint(-127, 128, 4, 6).to(torch.int8)
    one, rows, columns = t.rand(), t.rand(4, 1), t.rand(1, 6)
    return [impl.dequantise(q, scale) for scale in (one, rows, columns)]


@probe(en="There and back", zh="量化再还原", no_grad=True, dtypes=False)
def there_and_back(impl, t: Tools):
    w = channels(t, 0, 3, 8)
    return impl.dequantise(*impl.quantise(w, axis=0))
