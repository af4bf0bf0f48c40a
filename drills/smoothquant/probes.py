"""Hidden tests of SmoothQuant's smoothing: outlier channels, several weights, dead channels, the fold."""

import torch

from llmprep.judge.probes import Tools, probe


def activations(t: Tools, *shape: int):
    """Channels of different sizes; the largest magnitude of some is negative."""
    d = shape[-1]
    x = t.randn(*shape) * torch.logspace(-1, 2, d)
    x[..., 0] = -x[..., 0].abs()
    return x


def matrices(t: Tools, d: int, *rows: int):
    parts = [t.randn(n, d) * torch.logspace(0.5, -1, d) * 2.0**i for i, n in enumerate(rows)]
    parts[0][:, 1] = -parts[0][:, 1].abs() * 50  # the first decides some columns, the last others
    return parts


@probe(en="One weight, α = 0.5", zh="一个权重，α = 0.5", no_grad=True)
def one_weight(impl, t: Tools):
    return impl.smoothing_factors(activations(t, 9, 6), matrices(t, 6, 4))


@probe(en="Other values of α", zh="其他 α 值", no_grad=True)
def alphas(impl, t: Tools):
    x, weights = activations(t, 7, 5), matrices(t, 5, 8)
    return [impl.smoothing_factors(x, weights, alpha) for alpha in (0.0, 0.25, 0.8, 1.0)]


@probe(en="Several weights read the same input", zh="多个权重读同一个输入", no_grad=True)
def shared(impl, t: Tools):
    return impl.smoothing_factors(activations(t, 8, 6), matrices(t, 6, 4, 3, 7), alpha=0.6)


@probe(en="Batches of sequences, and one token", zh="成批的序列，以及单个 token", no_grad=True)
def batches(impl, t: Tools):
    weights = matrices(t, 5, 3, 4)
    shapes = ((2, 3, 5), (2, 3, 4, 5), (1, 5), (5,))
    return [impl.smoothing_factors(activations(t, *shape), weights) for shape in shapes]


@probe(en="Channels that are always 0", zh="恒为 0 的通道", no_grad=True)
def dead(impl, t: Tools):
    x, weights = activations(t, 7, 6), matrices(t, 6, 4, 5)
    x[:, 2] = 0
    for w in weights:
        w[:, 4] = 0
    weights[0][:, 3] = 0  # alive in the other weight
    x[:, 5] = weights[0][:, 5] = weights[1][:, 5] = 0
    return [impl.smoothing_factors(x, weights, alpha) for alpha in (0.0, 0.5, 1.0)]


@probe(en="Tiny but not dead", zh="很小但不为 0", no_grad=True)
def tiny(impl, t: Tools):
    x, weights = activations(t, 6, 4) * 1e-7, matrices(t, 4, 3)
    return [
        impl.smoothing_factors(x, weights, 0.7),
        impl.smoothing_factors(x * 1e12, [weights[0] * 1e-7], 0.3),
    ]


@probe(en="Fold into a LayerNorm", zh="折进 LayerNorm", no_grad=True)
def layer_norm(impl, t: Tools):
    s = torch.exp(t.randn(6))
    return impl.smooth(t.randn(6), t.randn(6), matrices(t, 6, 4, 3), s)


@probe(en="Fold into an RMSNorm", zh="折进 RMSNorm", no_grad=True)
def rms_norm(impl, t: Tools):
    gain, bias, weights = impl.smooth(t.randn(5), None, matrices(t, 5, 3), torch.exp(t.randn(5)))
    return [gain, bias is None, len(weights), weights[0]]


@probe(en="dtypes of the results", zh="结果的 dtype", no_grad=True, dtypes=False)
def dtypes(impl, t: Tools):
    x, weights = activations(t, 6, 4), matrices(t, 4, 3, 5)
    halves = [w.bfloat16() for w in weights]
    s = impl.smoothing_factors(x.bfloat16(), halves)
    double = impl.smoothing_factors(x.double(), [w.double() for w in weights])
    folded = impl.smooth(
        t.randn(4).bfloat16(), t.randn(4).bfloat16(), [halves[0], weights[1].double()], torch.exp(t.randn(4))
    )
    return [s, double, folded]


@probe(en="Both sides end up with equal maxima", zh="平滑后两边的最大值相等", no_grad=True)
def balanced(impl, t: Tools):
    x, weights = activations(t, 2, 4, 6), matrices(t, 6, 4, 5)
    s = impl.smoothing_factors(x, weights)
    gain, _, scaled = impl.smooth(torch.ones(6), None, weights, s)
    return [(x * gain).abs().amax((0, 1)), torch.cat(scaled).abs().amax(0)]
