"""The allocation against a numerical minimum along the budget; the tokens against the loss they reach."""

from __future__ import annotations

import math

import pytest

FITS = [
    {"E": 1.69, "A": 406.4, "B": 410.7, "alpha": 0.34, "beta": 0.28},
    {"E": 0.2, "A": 20.0, "B": 900.0, "alpha": 0.2, "beta": 0.55},
    {"E": 2.0, "A": 5.0, "B": 5.0, "alpha": 0.4, "beta": 0.4},
]


def golden_section(function, low: float, high: float) -> float:
    """Where a function with one valley is smallest."""
    ratio = (math.sqrt(5) - 1) / 2
    for _ in range(200):
        first, second = high - ratio * (high - low), low + ratio * (high - low)
        low, high = (low, second) if function(first) < function(second) else (first, high)
    return (low + high) / 2


@pytest.mark.parametrize("fit", FITS)
@pytest.mark.parametrize("flops", [1e12, 5.76e23, 1e28])
def test_is_the_minimum_along_the_budget(reference, fit, flops):
    drill = reference("chinchilla-allocation")

    def along(log_n: float) -> float:  # the constant E would only hide digits
        n = math.exp(log_n)
        return fit["A"] * n ** -fit["alpha"] + fit["B"] * (flops / 6 / n) ** -fit["beta"]

    n, d = drill.optimal_allocation(flops, fit)
    assert math.log(n) == pytest.approx(golden_section(along, 0.0, math.log(flops / 6)), abs=1e-5)
    assert 6 * n * d == pytest.approx(flops)


@pytest.mark.parametrize("fit", FITS)
@pytest.mark.parametrize("share", [0.3, 1.0, 4.0])
def test_the_tokens_reach_the_loss(reference, fit, share):
    drill = reference("chinchilla-allocation")
    n, d = drill.optimal_allocation(1e21, fit)
    target = drill.loss(n, d, fit)
    tokens = drill.tokens_for_loss(share * n, target, fit)
    if math.isfinite(tokens):
        assert drill.loss(share * n, tokens, fit) == pytest.approx(target, rel=1e-9)
        assert (tokens > d) == (share < 1) or share == 1.0
    else:
        assert drill.loss(share * n, 1e300, fit) >= target
