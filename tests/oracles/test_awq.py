"""The reference against a search weight by weight in float64 (NumPy), and what the search promises."""

from __future__ import annotations

import numpy as np
import pytest
import torch


@pytest.fixture
def drill(reference):
    return reference("awq")


def sample(seed: int, lean: float = -0.5) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    size = 10 ** rng.normal(0, 0.6, 12)
    return rng.normal(size=(5, 12)) * size**lean, rng.normal(size=(3, 4, 12)) * size


def rounded(w: np.ndarray, bits: int, group: int) -> np.ndarray:
    """Every weight to the nearest multiple of its group's step, as far as the group's codes reach."""
    out = np.zeros_like(w)
    for o in range(w.shape[0]):
        for start in range(0, w.shape[1], group):
            members = [float(v) for v in w[o, start : start + group]]
            span = max(*members, 0.0) - min(*members, 0.0)
            if span == 0:
                continue
            step = span / (2**bits - 1)
            below = round(-min(*members, 0.0) / step)  # codes that stand for negative values
            for i, value in enumerate(members):
                multiple = min(max(round(value / step), -below), 2**bits - 1 - below)
                out[o, start + i] = multiple * step
    return out


def search(w: np.ndarray, x: np.ndarray, bits: int, group: int, grid: int) -> list[tuple[float, np.ndarray]]:
    """The error and the scales of each α."""
    tokens = x.reshape(-1, x.shape[-1])
    found = []
    for k in range(grid + 1):
        s = np.array([max(np.mean([abs(v) for v in column]) ** (k / grid), 1e-4) for column in tokens.T])
        s = s / np.sqrt(s.max() * s.min())
        change = rounded(w * s, bits, group) / s - w
        found.append((float(np.mean([(change @ token) ** 2 for token in tokens])), s))
    return found


@pytest.mark.parametrize("bits, group", [(2, 4), (3, 6), (4, 12), (8, 3)])
@pytest.mark.parametrize("seed", range(3))
def test_the_quantiser(drill, seed, bits, group):
    w, _ = sample(seed)
    w[1, :group] = 0
    w[2] = abs(w[2])
    ours = drill.fake_quantise(torch.from_numpy(w), bits, group)
    torch.testing.assert_close(ours, torch.from_numpy(rounded(w, bits, group)), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("bits, group, grid", [(3, 4, 5), (4, 6, 8), (4, 12, 20)])
@pytest.mark.parametrize("lean", [-1.0, -0.5, 1.0])
@pytest.mark.parametrize("seed", range(3))
def test_the_search(drill, seed, lean, bits, group, grid):
    w, x = sample(seed, lean)
    s, alpha = drill.awq_scales(torch.from_numpy(w), torch.from_numpy(x), bits, group, grid)
    found = search(w, x, bits, group, grid)
    k = round(alpha * grid)
    assert alpha == pytest.approx(k / grid)
    torch.testing.assert_close(s.double(), torch.from_numpy(found[k][1]), rtol=1e-5, atol=0)
    assert found[k][0] <= min(error for error, _ in found) * (1 + 1e-4)


@pytest.mark.parametrize("lean", [-1.0, 0.0, 1.5])
@pytest.mark.parametrize("seed", range(4))
def test_never_worse_than_plain_rounding(drill, seed, lean):
    w, x = (torch.from_numpy(part) for part in sample(seed, lean))
    s, alpha = drill.awq_scales(w, x, 3, 6)
    plain = (x @ drill.fake_quantise(w, 3, 6).T - x @ w.T).square().mean()
    scaled = ((x / s) @ drill.fake_quantise(w * s, 3, 6).T - x @ w.T).square().mean()
    assert scaled <= plain * (1 + 1e-5)
    if alpha > 0:
        assert scaled < plain


@pytest.mark.parametrize("seed", range(4))
def test_the_fold_computes_what_was_searched(drill, seed):
    w, x = (torch.from_numpy(part) for part in sample(seed))
    s, _ = drill.awq_scales(w, x, 4, 6)
    gain = torch.rand(12, dtype=torch.float64) + 0.5
    new_gain, new_weight = drill.fold(gain, w, s, 4, 6)
    searched = (x / s) @ drill.fake_quantise(w * s, 4, 6).T
    torch.testing.assert_close((x / gain * new_gain) @ new_weight.T, searched, rtol=1e-6, atol=1e-6)


def test_without_outliers_in_x_there_is_little_to_win(drill):
    """Salient channels are what AWQ lives on: with them the error falls by more than half."""
    generator = torch.Generator().manual_seed(1)
    w = torch.randn(48, 64, generator=generator)
    x = torch.randn(96, 64, generator=generator)
    gains = []
    for factor in (1.0, 40.0):
        inputs = x.clone()
        inputs[:, 5] *= factor
        exact = inputs @ w.T
        s, _ = drill.awq_scales(w, inputs, 3, 32)
        scaled = ((inputs / s) @ drill.fake_quantise(w * s, 3, 32).T - exact).square().mean()
        plain = (inputs @ drill.fake_quantise(w, 3, 32).T - exact).square().mean()
        gains.append(float(plain / scaled))
    assert gains[0] < 1.2
    assert gains[1] > 2
