"""The reference against the formula of the paper channel by channel, and what smoothing is for."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional as F


@pytest.fixture
def drill(reference):
    return reference("smoothquant")


def random(*shape: int, seed: int) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("alpha", [0.0, 0.3, 0.5, 0.85, 1.0])
def test_the_formula(drill, seed, alpha):
    x = random(3, 4, 6, seed=seed) * 10
    weights = [random(5, 6, seed=seed + 50), random(2, 6, seed=seed + 90)]
    expected = []
    for j in range(6):
        largest = max(abs(float(v)) for v in x[:, :, j].flatten())
        column = max(abs(float(row[j])) for w in weights for row in w)
        expected.append(largest**alpha / column ** (1 - alpha))
    s = drill.smoothing_factors(x, weights, alpha)
    torch.testing.assert_close(s.double(), torch.tensor(expected, dtype=torch.float64), rtol=1e-5, atol=0)


@pytest.mark.parametrize("seed", range(4))
def test_the_layers_compute_the_same(drill, seed):
    hidden, gain, bias = random(7, 6, seed=seed), random(6, seed=seed + 1), random(6, seed=seed + 2)
    weights = [random(5, 6, seed=seed + 3), random(8, 6, seed=seed + 4)]
    x = F.layer_norm(hidden, (6,), gain, bias)
    new_gain, new_bias, scaled = drill.smooth(gain, bias, weights, drill.smoothing_factors(x, weights))
    smoothed = F.layer_norm(hidden, (6,), new_gain, new_bias)
    assert not torch.allclose(smoothed, x)
    for before, after in zip(weights, scaled, strict=True):
        torch.testing.assert_close(F.linear(smoothed, after), F.linear(x, before), rtol=1e-9, atol=1e-9)


def int8(x: torch.Tensor) -> torch.Tensor:
    scale = x.abs().max() / 127
    return torch.round(x / scale) * scale


def test_int8_errs_less_after_smoothing(drill):
    x, w = random(64, 32, seed=7), random(48, 32, seed=8)
    x[:, 3] *= 80
    s = drill.smoothing_factors(x, [w])
    exact = x @ w.T
    before = (int8(x) @ int8(w).T - exact).square().mean()
    after = (int8(x / s) @ int8(w * s).T - exact).square().mean()
    assert after < before / 2
