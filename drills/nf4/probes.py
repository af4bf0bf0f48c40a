"""Hidden tests of NF4: blocks across rows, groups that are not full, zeros, outliers, both directions apart.

Where scales are fed back they stay float32, as they came: no other dtypes there."""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Codes, constants, scales and offset", zh="码、常数、scale 和 offset", no_grad=True)
def quantised(impl, t: Tools):
    return [
        impl.quantize_nf4(t.randn(6, 40), 8, 7),
        impl.quantize_nf4(t.randn(3, 2, 20, scale=0.02), block=10, group=3),
    ]


@probe(en="The usual sizes, 64 and 256", zh="默认大小 64 与 256", no_grad=True, dtypes=False)
def usual_sizes(impl, t: Tools):
    w = t.randn(263, 64) * t.rand(263, 1, low=0.5, high=2.0)  # one full group and a short one
    parts = impl.quantize_nf4(w)
    return [parts[0][-96:], *parts[1:], impl.dequantize_nf4(*parts, (263, 64))[-12:]]


@probe(en="Back again, in the shape asked for", zh="还原成要求的形状", no_grad=True, dtypes=False)
def there_and_back(impl, t: Tools):
    w = t.randn(4, 30)
    parts = impl.quantize_nf4(w, 6, 5)
    return [
        impl.dequantize_nf4(*parts, (4, 30), 6, 5),
        impl.dequantize_nf4(*parts, shape=(2, 3, 20), block=6, group=5),
    ]


@probe(
    en="Dequantised by itself, from codes and constants made up",
    zh="单独反量化：任意给定的码与常数",
    no_grad=True,
    dtypes=False,
)
def dequantised(impl, t: Tools):
    packed = t.randint(0, 256, 36).to(torch.uint8)
    constants = t.randint(-127, 128, 9).to(torch.int8)
    scales, offset = t.rand(3, low=0.01, high=0.1), t.rand(1, low=3.0, high=4.0)[0]
    seen = [impl.dequantize_nf4(packed, constants, scales, offset, (8, 9), 8, 4)]
    for dtype in (torch.bfloat16, torch.float64):
        seen.append(
            impl.dequantize_nf4(packed, constants, scales, offset, (72,), block=8, group=3, dtype=dtype)
        )
    return seen


@probe(
    en="Zero blocks, a zero weight, constants that are all alike",
    zh="全零的块、全零的权重、常数全相同",
    no_grad=True,
    dtypes=False,
)
def zeros(impl, t: Tools):
    w = t.randn(5, 12)
    w[1], w[3, 6:] = 0, 0
    alike = torch.ones(4, 6) * torch.tensor([1.0, -1.0, 0.3, 0.05, 0.0, -0.6])
    seen = []
    for weight, group in ((w, 4), (torch.zeros(2, 6), 2), (alike, 3)):
        parts = impl.quantize_nf4(weight, 6, group)
        seen += [parts, impl.dequantize_nf4(*parts, tuple(weight.shape), 6, group)]
    return seen


@probe(en="Just beside the borders between levels", zh="紧贴相邻级别的分界", no_grad=True, dtypes=False)
def borders(impl, t: Tools):
    levels = impl.NF4.double()
    between = (levels[1:] + levels[:-1]) / 2
    w = torch.cat([between - 1e-4, between + 1e-4, torch.tensor([1.0, -1.0])]).float()
    return impl.quantize_nf4(torch.stack([w, -3 * w, 1e-3 * w]), 32, 2)


@probe(en="Outliers, and magnitudes far apart", zh="离群值，以及相差悬殊的量级", no_grad=True, dtypes=False)
def magnitudes(impl, t: Tools):
    w = t.randn(8, 8) * 10.0 ** t.randint(-6, 5, 8, 1)
    w[2, 3] = 400.0
    parts = impl.quantize_nf4(w, 8, 3)
    return [parts, impl.dequantize_nf4(*parts, (8, 8), 8, 3)]
