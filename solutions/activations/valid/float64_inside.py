import math

import torch

NORMAL = torch.distributions.Normal(
    torch.tensor(0.0, dtype=torch.float64),
    torch.tensor(1.0, dtype=torch.float64),
)


def widely(function):
    return lambda x: function(x.double()).to(x.dtype)


relu = widely(lambda x: torch.where(x > 0, x, torch.zeros_like(x)))
relu_derivative = widely(
    lambda x: torch.where(x > 0, torch.ones_like(x), torch.zeros_like(x))
)
gelu = widely(lambda x: x * NORMAL.cdf(x))
gelu_derivative = widely(lambda x: NORMAL.cdf(x) + x * NORMAL.log_prob(x).exp())
silu = widely(lambda x: x / (1 + torch.exp(-x)))


@widely
def silu_derivative(x):
    s = torch.special.expit(x)
    return s * (1 - s) * x + s


@widely
def gelu_tanh(x):
    return (
        0.5
        * x
        * (
            1.0
            + torch.tanh(
                math.sqrt(2.0 / math.pi) * (x + 0.044715 * torch.pow(x, 3.0))
            )
        )
    )


@widely
def gelu_tanh_derivative(x):
    u = math.sqrt(2.0 / math.pi) * (x + 0.044715 * x**3)
    sech = 1 / torch.cosh(u)
    return 0.5 * (1 + torch.tanh(u)) + 0.5 * x * sech**2 * math.sqrt(
        2.0 / math.pi
    ) * (1 + 0.134145 * x**2)
