"""Hidden tests of `conv2d`: height, width, both kernel sides and both channel counts differ."""

from llmprep.judge.probes import Tools, probe


@probe(en="Plain, with and without bias", zh="普通卷积，有 bias 与无 bias")
def plain(impl, t: Tools):
    x, weight, bias = inputs(t)
    return [impl.conv2d(x, weight), impl.conv2d(x, weight, bias)]


# kernel and channels of one size: what is exchanged still fits
@probe(en="Everything of one size", zh="各维大小相同")
def equal_sizes(impl, t: Tools):
    return impl.conv2d(t.randn(3, 3, 5, 5), t.randn(3, 3, 3, 3), t.randn(3))


@probe(en="Stride", zh="stride")
def stride(impl, t: Tools):
    x, weight, bias = inputs(t)
    return [impl.conv2d(x, weight, bias, 2), impl.conv2d(x, weight, bias, stride=(3, 2))]


@probe(en="Padding", zh="padding")
def padding(impl, t: Tools):
    x, weight, bias = inputs(t)
    return [impl.conv2d(x, weight, bias, 1, 2), impl.conv2d(x, weight, padding=(0, 3))]


@probe(en="Dilation", zh="dilation")
def dilation(impl, t: Tools):
    x, weight, bias = inputs(t)
    return [impl.conv2d(x, weight, bias, dilation=2), impl.conv2d(x, weight, dilation=(3, 1))]


@probe(en="All together", zh="全部一起")
def together(impl, t: Tools):
    x, weight, bias = inputs(t)
    return [
        impl.conv2d(x, weight, bias, 2, 1, 2),
        impl.conv2d(x, weight, bias, (2, 3), (3, 1), (2, 3)),
        impl.conv2d(x, weight, None, (3, 1), (1, 2), (1, 2)),
    ]


@probe(en="1×1, a kernel as large as the image, one pixel", zh="1×1、与图像一样大的核、单个像素")
def extremes(impl, t: Tools):
    return [
        impl.conv2d(t.randn(2, 4, 3, 5), t.randn(6, 4, 1, 1), t.randn(6)),
        impl.conv2d(t.randn(2, 4, 3, 5), t.randn(6, 4, 1, 1), None, 2, 1),
        impl.conv2d(t.randn(2, 3, 4, 5), t.randn(7, 3, 4, 5), t.randn(7)),
        impl.conv2d(t.randn(1, 1, 1, 1), t.randn(2, 1, 3, 3), padding=1),
    ]


@probe(en="No loop over pixels", zh="没有对像素的循环", no_grad=True, dtypes=False)
def cost(impl, t: Tools):
    x, weight, bias = t.randn(4, 5, 16, 17), t.randn(6, 5, 2, 3), t.randn(6)
    return t.cost(lambda: impl.conv2d(x, weight, bias), operators=4.0)


def inputs(t: Tools):
    """x, weight, bias."""
    return t.randn(2, 3, 9, 11), t.randn(4, 3, 2, 3), t.randn(4)
