"""Hidden tests of the tiled product: no length is a multiple of a block, and no two blocks are alike."""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Lengths that no block divides", zh="块长都不整除", no_grad=True, dtypes=False)
def values(impl, t: Tools):
    return impl.matmul(t.randn(19, 37), t.randn(37, 45))


@probe(en="Three different blocks", zh="三个块长各不相同", no_grad=True, dtypes=False)
def blocks(impl, t: Tools):
    return impl.matmul(t.randn(21, 70), t.randn(70, 67), block_m=16, block_n=64, block_k=32)


@probe(en="Smaller than a block", zh="比一个块还小", no_grad=True, dtypes=False)
def small(impl, t: Tools):
    return [impl.matmul(t.randn(2, 3), t.randn(3, 5)), impl.matmul(t.randn(16, 16), t.randn(16, 32))]


@probe(en="Transposes and slices", zh="转置与切片", no_grad=True, dtypes=False)
def strided(impl, t: Tools):
    a, b = t.randn(18, 20), t.randn(24, 18)
    return [impl.matmul(a.T, b.T), impl.matmul(a[:, 2:19:2], b[3:12])]


@probe(en="Slices amid NaN", zh="周围全是 NaN 的切片", no_grad=True, dtypes=False)
def amid_nan(impl, t: Tools):
    a, b = torch.full((2, 20, 50), float("nan")), torch.full((50, 40), float("nan"))
    a[0, :17, :21], b[:21, :33] = t.randn(17, 21), t.randn(21, 33)
    return impl.matmul(a[0, :17, :21], b[:21, :33])


@probe(en="Many terms in float16", zh="float16 的长求和", no_grad=True, dtypes=False)
def long_sums(impl, t: Tools):
    # 4096 and then steps of less than 2, which float16 cannot add to it
    a, b = t.randint(5, 8, 2, 900) / 16, t.randint(3, 5, 900, 3) / 16
    a[:, 0], b[0] = 64, 64
    return impl.matmul(a.half(), b.half(), block_k=16)


@probe(en="The work is done in the kernel", zh="计算在 kernel 里完成", no_grad=True, dtypes=False)
def place(impl, t: Tools):
    a, b = t.randn(5, 7), t.randn(7, 6)
    return t.cost(lambda: impl.matmul(a, b), operators=1.2)
