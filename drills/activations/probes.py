"""Hidden tests of the activations: where the two forms of GELU differ most, at zero, and far from it.

The derivatives are not differentiated again.
"""

import torch

from llmprep.judge.probes import Tools, probe


def around_zero(t: Tools):
    """Values on both sides, random and never exactly zero; the forms of GELU differ most near ±2."""
    return torch.cat(
        (
            t.randn(2, 7, scale=1.5),
            torch.tensor([[-3.1, -2.3, -1.9, 0.6, 1.8, 2.4, 3.2]]) + t.randn(1, 7, scale=0.1),
        )
    )


@probe(en="relu", zh="relu")
def relu(impl, t: Tools):
    return [impl.relu(around_zero(t)), impl.relu(t.randn(2, 3, 4)), impl.relu(-t.rand(5, low=0.1))]


@probe(en="The derivative of relu, 0 at 0", zh="relu 的导数，0 处为 0", no_grad=True)
def relu_derivative(impl, t: Tools):
    x = t.randn(3, 5)
    x[1, 2] = 0.0
    return [impl.relu_derivative(x), impl.relu(x)]


@probe(en="Exact GELU", zh="精确的 GELU")
def gelu(impl, t: Tools):
    return [impl.gelu(around_zero(t)), impl.gelu(t.rand(6, low=-2.6, high=-1.8))]


@probe(en="The derivative of exact GELU", zh="精确 GELU 的导数", no_grad=True)
def gelu_derivative(impl, t: Tools):
    return [impl.gelu_derivative(around_zero(t)), impl.gelu_derivative(t.randn(4, scale=0.1))]


@probe(en="GELU with tanh", zh="tanh 近似的 GELU")
def gelu_tanh(impl, t: Tools):
    return [impl.gelu_tanh(around_zero(t)), impl.gelu_tanh(t.rand(6, low=-2.6, high=-1.8))]


@probe(en="The derivative of GELU with tanh", zh="tanh 近似的 GELU 的导数", no_grad=True)
def gelu_tanh_derivative(impl, t: Tools):
    return [impl.gelu_tanh_derivative(around_zero(t)), impl.gelu_tanh_derivative(t.randn(4, scale=0.1))]


@probe(en="SiLU", zh="SiLU")
def silu(impl, t: Tools):
    return [impl.silu(around_zero(t)), impl.silu(t.randn(2, 3, 4, scale=3.0))]


@probe(en="The derivative of SiLU", zh="SiLU 的导数", no_grad=True)
def silu_derivative(impl, t: Tools):
    return [impl.silu_derivative(around_zero(t)), impl.silu_derivative(t.randn(2, 3, 4, scale=3.0))]


# f + σ·(1 − f) is right for silu too, but 1 − 1000 is −1000 in bfloat16
@probe(en="Far from zero, and at zero itself", zh="远离 0 的地方，以及 0 本身", no_grad=True, dtypes=False)
def far_from_zero(impl, t: Tools):
    x = torch.tensor([-1000.0, -200.0, -90.0, -30.0, 0.0, 30.0, 90.0, 200.0, 1000.0])
    names = ("relu", "gelu", "gelu_tanh", "silu")
    far = [getattr(impl, name)(x) for name in names]
    return [
        far,
        [getattr(impl, name)(x[:5]) for name in names],
        [getattr(impl, f"{name}_derivative")(x) for name in names],
    ]
