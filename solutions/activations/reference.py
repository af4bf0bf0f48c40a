"""ReLU, GELU (Hendrycks & Gimpel 2016, §2) and SiLU, with derivatives."""

import math

import torch
from torch import Tensor

SLOPE = math.sqrt(2 / math.pi)
CUBIC = 0.044715


def relu(x: Tensor) -> Tensor:
    """max(0, x)."""
    return x.clamp(min=0)


def relu_derivative(x: Tensor) -> Tensor:
    """1 where x is positive, else 0."""
    return (x > 0).to(x.dtype)


def gelu(x: Tensor) -> Tensor:
    """x·Φ(x): the input, weighted by the chance that a normal is below it."""
    return x * _normal_cdf(x)


def gelu_derivative(x: Tensor) -> Tensor:
    """Φ(x) + x·φ(x)."""
    density = (-x.square() / 2).exp() / math.sqrt(2 * math.pi)
    return _normal_cdf(x) + x * density


def gelu_tanh(x: Tensor) -> Tensor:
    """GELU with Φ approximated by ½(1 + tanh u), as in BERT and GPT-2."""
    return x * (1 + _inner(x).tanh()) / 2


def gelu_tanh_derivative(x: Tensor) -> Tensor:
    """½(1 + tanh u) + ½·x·(1 − tanh²u)·u′."""
    tanh = _inner(x).tanh()
    inner_derivative = SLOPE * (1 + 3 * CUBIC * x.square())
    return (1 + tanh) / 2 + x * (1 - tanh.square()) * inner_derivative / 2


def silu(x: Tensor) -> Tensor:
    """x·σ(x), also called Swish."""
    return x * torch.sigmoid(x)


def silu_derivative(x: Tensor) -> Tensor:
    """σ(x) + x·σ(x)(1 − σ(x))."""
    gate = torch.sigmoid(x)
    return gate * (1 + x * (1 - gate))


def _normal_cdf(x: Tensor) -> Tensor:
    return (1 + torch.erf(x / math.sqrt(2))) / 2


def _inner(x: Tensor) -> Tensor:
    return SLOPE * (x + CUBIC * x.pow(3))
