"""Hidden tests of the softmax kernel: row lengths that are no power of two, strides, extremes."""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Columns that are no power of two", zh="列数不是 2 的幂", no_grad=True)
def values(impl, t: Tools):
    return impl.softmax(t.randn(4, 11, scale=2.0))


@probe(
    en="A power of two, one column, one row",
    zh="列数为 2 的幂、只有一列、只有一行",
    no_grad=True,
    dtypes=False,
)
def sizes(impl, t: Tools):
    return [impl.softmax(t.randn(*shape)) for shape in ((3, 8), (5, 1), (1, 6))]


@probe(en="Rows far below zero", zh="远小于零的行", no_grad=True, dtypes=False)
def far_below(impl, t: Tools):
    return impl.softmax(t.randn(3, 5) - torch.tensor([[150.0], [900.0], [4000.0]]))


@probe(en="Scores of several hundred", zh="分数有几百", no_grad=True, dtypes=False)
def far_above(impl, t: Tools):
    return impl.softmax(t.randn(3, 6, scale=2.0) + torch.tensor([[100.0], [400.0], [900.0]]))


@probe(en="Masked scores", zh="被 mask 的分数", no_grad=True, dtypes=False)
def masked(impl, t: Tools):
    return impl.softmax(t.randn(3, 5).masked_fill(~t.mask(3, 5), -float("inf")))


@probe(en="A slice and a transpose", zh="切片与转置", no_grad=True, dtypes=False)
def strided(impl, t: Tools):
    x = t.randn(6, 14)
    return [impl.softmax(x[::2, 1:12]), impl.softmax(x[:, ::3]), impl.softmax(x.T)]


@probe(en="Many columns in bfloat16", zh="bfloat16 的长行", no_grad=True, dtypes=False)
def long_rows(impl, t: Tools):
    return impl.softmax((t.randint(0, 8, 2, 700) / 8).bfloat16())


@probe(en="The work is done in the kernel", zh="计算在 kernel 里完成", no_grad=True, dtypes=False)
def place(impl, t: Tools):
    x = t.randn(3, 5)
    return t.cost(lambda: impl.softmax(x), operators=1.2)
