"""Hidden tests of Muon: matrices are tall and wide, never square where a transposed one could pass.

An optimiser has no gradient of its own, so none is compared.
"""

import torch
from torch import nn

from llmprep.judge.probes import Tools, probe


def matrices(t: Tools, *shapes: tuple[int, ...]):
    return [nn.Parameter(t.randn(*shape)) for shape in shapes]


def steps(optimizer, params, gradients):
    """The values of all parameters after each step; a gradient may be None."""
    seen = []
    for row in gradients:
        for parameter, gradient in zip(params, row, strict=True):
            parameter.grad = gradient
        optimizer.step()
        seen.append([parameter.detach().clone() for parameter in params])
    return seen


@probe(
    en="Newton–Schulz of wide, tall and square matrices", zh="Newton–Schulz：宽、高、方的矩阵", no_grad=True
)
def shapes(impl, t: Tools):
    return [impl.newton_schulz(t.randn(*shape)) for shape in ((3, 5), (6, 2), (4, 4), (1, 3), (5, 1))]


@probe(en="Newton–Schulz after one, two and three steps", zh="Newton–Schulz：一、二、三步之后", no_grad=True)
def few_steps(impl, t: Tools):
    wide, tall = t.randn(2, 7), t.randn(5, 3)
    return [[impl.newton_schulz(m, n) for n in (0, 1, 2, 3)] for m in (wide, tall)]


@probe(en="A stack of matrices of very different size", zh="一叠大小悬殊的矩阵", no_grad=True)
def stack(impl, t: Tools):
    size = torch.tensor([1e-3, 1.0, 1e4])[:, None, None]
    return [impl.newton_schulz(t.randn(3, 2, 4) * size), impl.newton_schulz(t.randn(2, 3, 5, 2), steps=4)]


@probe(en="Zeros, and norms below eps", zh="全零，以及范数小于 eps", dtypes=False, no_grad=True)
def below_eps(impl, t: Tools):
    small = t.randn(3, 2, scale=0.1)
    return [
        impl.newton_schulz(torch.zeros(2, 3)),
        impl.newton_schulz(small * 1e-7, 2),
        impl.newton_schulz(small, steps=3, eps=5.0),
        impl.newton_schulz(small * 1e-5),
    ]


@probe(en="The smaller Gram matrix is used", zh="用较小的 Gram 矩阵", dtypes=False, no_grad=True)
def smaller_gram(impl, t: Tools):
    given = (t.randn(24, 3), t.randn(3, 24), t.randn(2, 20, 4), t.randn(7, 3, 16))
    return [t.cost(lambda m=m: impl.newton_schulz(m), flops=1.8) for m in given]


@probe(en="Momentum over several steps", zh="连续几步的动量", dtypes=False, no_grad=True)
def momentum(impl, t: Tools):
    params = matrices(t, (2, 5), (7, 3))
    optimizer = impl.Muon(iter(params), lr=0.3, momentum=0.6)
    return steps(optimizer, params, [[t.randn(2, 5), t.randn(7, 3)] for _ in range(4)])


@probe(en="Weight decay", zh="weight decay", dtypes=False, no_grad=True)
def decay(impl, t: Tools):
    params = matrices(t, (6, 2), (3, 4))
    optimizer = impl.Muon(params, 0.2, 0.5, 0.4)
    return steps(optimizer, params, [[t.randn(6, 2), t.randn(3, 4)] for _ in range(3)])


@probe(en="No gradient, and a gradient of zeros", zh="没有梯度，以及全零的梯度", dtypes=False, no_grad=True)
def no_gradient(impl, t: Tools):
    params = matrices(t, (2, 3), (4, 2))
    optimizer = impl.Muon(params, lr=0.2, momentum=0.7, weight_decay=0.3)
    rows = [
        [t.randn(2, 3), None],
        [None, t.randn(4, 2)],
        [torch.zeros(2, 3), t.randn(4, 2)],
        [t.randn(2, 3), None],
    ]
    return steps(optimizer, params, rows)


@probe(en="Only matrices are taken", zh="只接受矩阵", dtypes=False, no_grad=True)
def only_matrices(impl, t: Tools):
    wrong = [matrices(t, *rest) for rest in (((3,),), ((2, 3), (4,)), ((2, 3, 2),), ((),))]
    return [t.raises(lambda params=params: impl.Muon(params), ValueError) for params in wrong]


@probe(
    en="Training with a changing rate, the defaults, in float64 too",
    zh="训练中改学习率、默认参数，float64 也一样",
    dtypes=False,
    no_grad=True,
)
def training(impl, t: Tools):
    seen, buffer = [], torch.zeros(3, 4)
    for dtype in (torch.float32, torch.float64):
        weight = nn.Parameter(t.randn(3, 4).to(dtype))
        optimizer = impl.Muon([weight])
        for rate in (None, 0.3, 0.05):
            if rate is not None:
                optimizer.lr = rate
            weight.grad = buffer.to(dtype) if dtype == torch.float64 else buffer
            weight.grad.copy_(t.randn(3, 4))
            given = weight.grad.clone()
            optimizer.step()
            seen.append([weight.detach().clone(), weight.grad - given])
        optimizer.zero_grad()
        seen.append([weight.grad, weight.is_leaf, weight.requires_grad])
    return seen
