"""Hidden tests of GPTQ: correlated inputs, dead channels, clamping, halves, several bit widths.

A rounding near a half could differ by the last digits alone, so only rows with clear roundings are kept.
"""

import torch

from llmprep.judge.probes import Tools, probe


def inputs(t: Tools, n: int, d: int):
    """Channels that are correlated, of different sizes, and not centred."""
    mixed = t.randn(n, d) + 1.5 * t.randn(n, 1) * torch.linspace(1, -0.5, d)
    return (mixed + t.randn(d)) * torch.linspace(0.5, 2, d)


def damped(x):
    h = 2 / len(x) * (x.double().T @ x.double())
    h = h + torch.diag((h.diagonal() == 0).double())
    return (h + 0.01 * h.diagonal().mean() * torch.eye(len(h))).float()


def margins(w, h, scale, bits: int):
    """How far from a half the closest rounding of each row is."""
    largest, u = 2 ** (bits - 1) - 1, torch.linalg.cholesky(torch.linalg.inv(h.double()), upper=True)
    w, scale, least = w.double(), scale.double(), torch.full((len(w),), 0.5)
    for j in range(w.shape[1]):
        steps = w[:, j : j + 1] / scale
        least = torch.minimum(least, ((steps - steps.floor()) - 0.5).abs()[:, 0])
        error = steps - torch.round(steps).clamp(-largest, largest)
        w = w - error * scale / u[j, j] * torch.cat((torch.zeros(j), u[j, j:]))
    return least


def clear(t: Tools, d_out: int, h, bits: int, reach: float = 0.6, dtype=torch.float32):
    """Weights up to `reach` times the largest code, and their scales."""
    n, d_in = 4 * d_out + 6, len(h)
    scale = t.rand(n, 1, low=0.02, high=0.3)
    w = (t.rand(n, d_in, low=-1, high=1) * reach * (2 ** (bits - 1) - 1) * scale).to(dtype)
    keep = (margins(w, h, scale, bits) > 0.008).nonzero()[:d_out, 0]
    return w[keep], scale[keep]


def arguments(pair, h):
    w, scale = pair
    return w, h, scale


@probe(en="H of one sequence", zh="一条序列的 H", no_grad=True)
def one_sequence(impl, t: Tools):
    return impl.hessian(inputs(t, 9, 6))


@probe(en="Batches of sequences, and one token", zh="成批的序列，以及单个 token", no_grad=True)
def batches(impl, t: Tools):
    shapes = ((2, 3, 5), (2, 3, 4, 5), (1, 5), (5,))
    return [impl.hessian(inputs(t, 24, 5)[: torch.Size(s[:-1]).numel()].reshape(s)) for s in shapes]


@probe(en="Damping, for small and large inputs", zh="阻尼，输入有小有大", no_grad=True)
def damping(impl, t: Tools):
    x = inputs(t, 8, 5)
    parts = [impl.hessian(x * size, 0.1) for size in (1e-3, 1.0, 40.0)]
    return [*parts, impl.hessian(x, 0.0), impl.hessian(x, damping=1.5)]


@probe(en="Channels that are always 0, or tiny", zh="恒为 0 的通道，以及很小的通道", no_grad=True)
def dead(impl, t: Tools):
    x = inputs(t, 7, 5) * 3
    x[:, 1] = x[:, 4] = 0
    tiny = inputs(t, 7, 4) * 1e-5
    return [impl.hessian(x, 0.2), impl.hessian(tiny), impl.hessian(torch.zeros(3, 4), 0.5)]


@probe(en="Errors go into the columns to the right", zh="误差摊到右边的列", no_grad=True, dtypes=False)
def spread(impl, t: Tools):
    h = damped(inputs(t, 40, 9))
    return impl.gptq(*arguments(clear(t, 7, h, 4), h))


@probe(en="Fewer tokens than channels", zh="token 比通道少", no_grad=True, dtypes=False)
def few_tokens(impl, t: Tools):
    h = damped(inputs(t, 5, 10))
    return impl.gptq(*arguments(clear(t, 6, h, 4), h))


@probe(en="Two, three, six and eight bits", zh="2、3、6、8 bit", no_grad=True, dtypes=False)
def bit_widths(impl, t: Tools):
    h = damped(inputs(t, 20, 6))
    return [impl.gptq(*arguments(clear(t, 5, h, bits, 0.8), h), bits) for bits in (2, 3, 6, 8)]


@probe(en="Weights beyond the grid", zh="超出格点范围的权重", no_grad=True, dtypes=False)
def beyond(impl, t: Tools):
    h = damped(inputs(t, 25, 7))
    return [
        impl.gptq(*arguments(clear(t, 6, h, 4, 1.6), h)),
        impl.gptq(*arguments(clear(t, 5, h, 3, 2.5), h), bits=3),
    ]


@probe(en="A diagonal H, and halves", zh="对角的 H，以及正好一半", no_grad=True, dtypes=False)
def halves(impl, t: Tools):
    w = torch.tensor([[0.5, 1.5, 2.5, -0.5, -1.5], [6.5, 7.5, -7.5, 0.0, -2.5], [9.0, -8.0, 3.5, -4.5, 5.5]])
    scale = torch.tensor([[0.5], [0.25], [2.0]])
    return impl.gptq(w * scale, torch.diag(t.rand(5, low=0.5, high=4)), scale)


@probe(en="dtypes of weights and inputs", zh="权重与输入的 dtype", no_grad=True, dtypes=False)
def dtypes(impl, t: Tools):
    x = inputs(t, 12, 6)
    found = [impl.hessian(x.bfloat16()), impl.hessian(x.double())]
    for dtype, bits in ((torch.bfloat16, 8), (torch.float64, 5)):
        h = damped(inputs(t, 9, 12))
        found.append(impl.gptq(*arguments(clear(t, 10, h, bits, dtype=dtype), h), bits))
    return found


@probe(en="Both together, one channel dead", zh="两个函数连用，有一个通道恒为 0", no_grad=True, dtypes=False)
def together(impl, t: Tools):
    x = inputs(t, 30, 8)
    x[:, 3] = 0
    w, scale = clear(t, 6, damped(x), 4)
    return impl.gptq(w, impl.hessian(x.reshape(5, 6, 8)), scale)


@probe(en="One channel, one row", zh="只有一个通道、一行", no_grad=True, dtypes=False)
def single(impl, t: Tools):
    h = damped(inputs(t, 6, 1))
    wide = damped(inputs(t, 9, 6))
    return [
        impl.gptq(*arguments(clear(t, 3, h, 4), h)),
        impl.gptq(*arguments(clear(t, 1, wide, 5), wide), 5),
    ]
