import torch


def relu(x):
    return x * (x > 0)


def relu_derivative(x):
    return torch.clamp(torch.sign(x), min=0)


def gelu(x):
    return x * torch.special.ndtr(x)


def gelu_derivative(x):
    return (
        torch.special.ndtr(x) + x * torch.exp(-(x**2) / 2) * 0.3989422804014327
    )


def gelu_tanh(x):
    return 0.5 * x + 0.5 * x * torch.tanh(
        0.7978845608028654 * x * (1 + 0.044715 * x * x)
    )


def gelu_tanh_derivative(x):
    t = torch.tanh(0.7978845608028654 * x * (1 + 0.044715 * x * x))
    return (
        0.5
        * (1 + t)
        * (1 + x * (1 - t) * (0.7978845608028654 + 0.1070322243 * x * x))
    )


def silu(x):
    return x / (1 + torch.exp(-x))


def silu_derivative(x):
    """With f = x·σ(x): f + σ·(1 − f)."""
    f = silu(x)
    return f + torch.sigmoid(x) * (1 - f)
