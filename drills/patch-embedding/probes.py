"""Hidden tests of `PatchEmbedding`: height and width differ, and so do the numbers of rows and columns."""

from llmprep.judge.probes import Tools, probe


@probe(en="An image higher than wide, and one wider than high", zh="高大于宽的图像，宽大于高的图像")
def values(impl, t: Tools):
    high = t.module(impl.PatchEmbedding, (9, 6), 3, 2, 8)
    wide = t.module(impl.PatchEmbedding, (4, 10), 2, channels=3, d_model=5)
    return [high(t.randn(2, 2, 9, 6)), wide(t.randn(3, 3, 4, 10))]


@probe(en="One channel, one image", zh="单通道，单张图像")
def one_image(impl, t: Tools):
    return t.module(impl.PatchEmbedding, (4, 6), 2, 1, 7)(t.randn(1, 1, 4, 6))


@probe(en="A square image with square grid", zh="正方形图像、正方形网格")
def square(impl, t: Tools):
    return t.module(impl.PatchEmbedding, (9, 9), 3, 3, 5)(t.randn(2, 3, 9, 9))


@probe(en="Patches of one pixel, and one patch of the whole image", zh="一个像素一个 patch，整张图一个 patch")
def extremes(impl, t: Tools):
    pixels = t.module(impl.PatchEmbedding, (2, 3), 1, 4, 6)
    whole = t.module(impl.PatchEmbedding, (4, 4), 4, 2, 6)
    return [pixels(t.randn(2, 4, 2, 3)), whole(t.randn(2, 2, 4, 4))]


@probe(
    en="A size that the patch does not divide raises ValueError",
    zh="不能整除的尺寸抛出 ValueError",
    no_grad=True,
)
def indivisible(impl, t: Tools):
    return [
        t.raises(lambda size=size: impl.PatchEmbedding(size, 3, 2, 8))
        for size in ((7, 6), (6, 8), (2, 3), (2, 18), (6, 9))
    ]


@probe(en="An image of another size raises ValueError", zh="图像尺寸不符时抛出 ValueError", no_grad=True)
def other_size(impl, t: Tools):
    layer = t.module(impl.PatchEmbedding, (6, 9), 3, 2, 8)
    images = [t.randn(2, 2, *size) for size in ((9, 6), (6, 6), (3, 9), (6, 10), (3, 18))]
    return [[t.raises(lambda image=image: layer(image)) for image in images], layer(t.randn(2, 2, 6, 9))]
