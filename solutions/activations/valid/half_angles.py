import math

import torch


def sigma(x):
    return 0.5 * (1 + torch.tanh(0.5 * x))


def relu(x):
    return (x + x.abs()) / 2


def relu_derivative(x):
    return torch.heaviside(x, torch.zeros((), dtype=x.dtype))


def gelu(x):
    return 0.5 * x * torch.erfc(-x * math.sqrt(0.5))


def gelu_derivative(x):
    pdf = torch.exp(-0.5 * x * x) * (2 * math.pi) ** -0.5
    return torch.addcmul(0.5 * torch.erfc(-x / 2**0.5), x, pdf)


# ½(1 + tanh u) is σ(2u)
def gate(x):
    return torch.sigmoid(2 * (2 / math.pi) ** 0.5 * (x + 0.044715 * x * x * x))


def gelu_tanh(x):
    return x * gate(x)


def gelu_tanh_derivative(x):
    g = gate(x)
    return g + x * g * (1 - g) * 2 * (2 / math.pi) ** 0.5 * (
        1 + 0.134145 * x * x
    )


def silu(x):
    return x * sigma(x)


def silu_derivative(x):
    s = sigma(x)
    return s + silu(x) * (1 - s)
