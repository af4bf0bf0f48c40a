"""`Value` against `torch.autograd`, on random expressions that share what came before."""

from __future__ import annotations

import random

import pytest
import torch

UNARY = ("exp", "log", "tanh", "relu")


def expression(seed: int, leaves: list) -> list:
    """The same random operations on whatever the leaves are: numbers of torch, or our own."""
    draw, values = random.Random(seed), list(leaves)
    for _ in range(25):
        a, b, kind = draw.choice(values), draw.choice(values), draw.randrange(7)
        if kind == 0:
            values.append(a + b)
        elif kind == 1:
            values.append(1.5 - a * b * 0.3)
        elif kind == 2:
            values.append(a / (b * b + 1))
        elif kind == 3:
            values.append((a * a + 0.5) ** 0.5)
        elif kind == 4:
            values.append((a.tanh() + 2).log())
        elif kind == 5:
            values.append(a.tanh().exp() - b)
        else:
            values.append((a - b).relu() * a)
    return values


@pytest.mark.parametrize("seed", range(10))
def test_equals_torch(reference, seed):
    draw = random.Random(1000 + seed)
    numbers = [draw.uniform(-1.5, 1.5) for _ in range(3)]
    engine = reference("autograd-engine")
    ours = [engine.Value(number) for number in numbers]
    theirs = [torch.tensor(number, dtype=torch.float64, requires_grad=True) for number in numbers]
    our_values, their_values = expression(seed, ours), expression(seed, theirs)
    our_sum, their_sum = our_values[-1] + our_values[-2], their_values[-1] + their_values[-2]
    our_sum.backward()
    their_sum.backward()
    assert our_sum.data == pytest.approx(their_sum.item())
    for mine, leaf in zip(ours, theirs, strict=True):
        assert mine.grad == pytest.approx(0.0 if leaf.grad is None else leaf.grad.item())


@pytest.mark.parametrize("name", UNARY)
@pytest.mark.parametrize("x", [0.3, 1.7])
def test_equals_finite_differences(reference, name, x):
    Value = reference("autograd-engine").Value
    value, step = Value(x), 1e-6
    getattr(value, name)().backward()
    above, below = (getattr(Value(x + sign * step), name)().data for sign in (1, -1))
    assert value.grad == pytest.approx((above - below) / (2 * step), rel=1e-6)
