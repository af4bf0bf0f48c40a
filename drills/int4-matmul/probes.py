"""Hidden tests of packed INT4 weights: scales that differ from group to group, every nibble, odd shapes.

Weights lie within a quarter of a step of a code, so no rounding is in doubt; steps are powers of two.
"""

import torch

from llmprep.judge.probes import Tools, probe


def weights(t: Tools, d_out: int, groups: int, group: int):
    """Each group has a step of its own, and holds 7 or −7 of them."""
    codes = t.randint(-6, 7, d_out, groups, group).float() + t.randint(-1, 2, d_out, groups, group) / 4
    place = t.integer(0, group)
    codes[:, :, place] = 7 * (1 - 2 * t.randint(0, 2, d_out, groups).float())
    steps = 2.0 ** t.randint(-6, 4, d_out, groups, 1).float()
    return (codes * steps).view(d_out, groups * group)


def stored(t: Tools, d_out: int, d_in: int, groups: int):
    """Bytes of every kind, and scales."""
    codes = t.randint(-8, 8, d_out, d_in)
    packed = ((codes[:, 0::2] & 15) | ((codes[:, 1::2] & 15) << 4)).to(torch.uint8)
    return packed, t.rand(d_out, groups) + 0.5


@probe(en="Packed codes and scales", zh="打包的码与 scale", no_grad=True, dtypes=False)
def packed_codes(impl, t: Tools):
    return [impl.quantise_int4(weights(t, 3, 2, 8), group=8), impl.quantise_int4(weights(t, 2, 5, 4), 4)]


@probe(en="One group per row, and groups of two", zh="一行一组，以及两列一组", no_grad=True, dtypes=False)
def extreme_groups(impl, t: Tools):
    return [
        impl.quantise_int4(weights(t, 5, 1, 6), group=6),
        impl.quantise_int4(weights(t, 3, 4, 2), group=2),
        impl.quantise_int4(weights(t, 2, 3, 128)),
    ]


@probe(en="Zeros: a group, a row", zh="全零的组与行", no_grad=True, dtypes=False)
def zeros(impl, t: Tools):
    w = weights(t, 4, 3, 4)
    w[1, 4:8] = 0
    w[2] = 0
    return impl.quantise_int4(w, group=4)


@probe(en="Shapes that do not fit", zh="不合适的形状", no_grad=True, dtypes=False)
def wrong_shapes(impl, t: Tools):
    w = t.randn(3, 12)
    return [
        t.raises(lambda: impl.quantise_int4(w, group=8), ValueError),
        t.raises(lambda: impl.quantise_int4(w, group=3), ValueError),
        t.raises(lambda: impl.quantise_int4(w), ValueError),
    ]


@probe(en="Weights in bfloat16 and float64", zh="bfloat16 与 float64 的权重", no_grad=True, dtypes=False)
def dtypes(impl, t: Tools):
    w = weights(t, 3, 2, 6)
    return [impl.quantise_int4(w.bfloat16(), 6), impl.quantise_int4(w.double() * 3, 6)]


@probe(en="The product", zh="矩阵乘", no_grad=True, dtypes=False)
def product(impl, t: Tools):
    return impl.matmul_int4(t.randn(4, 12), *stored(t, 5, 12, 3))


@probe(en="More axes, and a single vector", zh="更多的轴，以及单个向量", no_grad=True, dtypes=False)
def more_axes(impl, t: Tools):
    packed, scale = stored(t, 3, 8, 2)
    return [impl.matmul_int4(t.randn(2, 4, 8), packed, scale), impl.matmul_int4(t.randn(8), packed, scale)]


@probe(en="The gradient of x", zh="x 的梯度", no_grad=True, dtypes=False)
def gradient(impl, t: Tools):
    x = t.randn(3, 8).requires_grad_()
    y = impl.matmul_int4(x, *stored(t, 5, 8, 2))
    return torch.autograd.grad(y, x, t.randn(3, 5))


@probe(en="Single columns", zh="逐列", no_grad=True, dtypes=False)
def single_columns(impl, t: Tools):
    packed, scale = stored(t, 4, 16, 2)
    return impl.matmul_int4(torch.eye(16), packed, scale)


@probe(en="There and back", zh="量化再相乘", no_grad=True, dtypes=False)
def there_and_back(impl, t: Tools):
    w = weights(t, 6, 4, 4)
    packed, scale = impl.quantise_int4(w, group=4)
    return impl.matmul_int4(torch.eye(16), packed, scale)


@probe(en="The dtype of x is kept", zh="保持 x 的 dtype", no_grad=True, dtypes=False)
def dtype_of_x(impl, t: Tools):
    packed, _ = stored(t, 3, 8, 2)
    whole = t.randint(-3, 4, 2, 8)
    return [
        impl.matmul_int4(whole.to(dtype), packed, torch.ones(3, 2))
        for dtype in (torch.bfloat16, torch.float16)
    ]
