"""IPO, SimPO, ORPO and KTO against the papers' formulas with `math`, and gradients in closed form."""

from __future__ import annotations

import math

import pytest
import torch


def tensors(seed: int, n: int, count: int) -> list[torch.Tensor]:
    generator = torch.Generator().manual_seed(seed)
    values = [torch.randn(n, generator=generator, dtype=torch.float64) * 3 - 20 for _ in range(count)]
    return [value.requires_grad_(True) for value in values]


def lengths(seed: int, n: int) -> list[torch.Tensor]:
    generator = torch.Generator().manual_seed(seed + 100)
    return [torch.randint(5, 40, (n,), generator=generator) for _ in range(2)]


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("tau", [0.1, 0.8])
def test_ipo(reference, seed, tau):
    arguments = tensors(seed, 6, 4)
    ours = reference("preference-losses").ipo_loss(*arguments, tau)
    rows = list(zip(*(value.tolist() for value in arguments), strict=True))
    # the paper's form: log of (π(y_w)·π_ref(y_l)) / (π(y_l)·π_ref(y_w))
    margins = [pw + rl - pl - rw for pw, pl, rw, rl in rows]
    assert ours.item() == pytest.approx(sum((m - 1 / (2 * tau)) ** 2 for m in margins) / 6, abs=1e-9)
    gradients = torch.autograd.grad(ours, arguments, allow_unused=True)
    expected = torch.tensor([2 * (m - 0.5 / tau) / 6 for m in margins], dtype=torch.float64)
    torch.testing.assert_close(gradients[0], expected)
    torch.testing.assert_close(gradients[1], -expected)
    assert gradients[2:] == (None, None)


@pytest.mark.parametrize("seed", range(4))
def test_simpo(reference, seed):
    chosen, rejected = tensors(seed, 5, 2)
    long, short = lengths(seed, 5)
    ours = reference("preference-losses").simpo_loss(chosen, rejected, long, short, 2.5, 1.4)
    rows = zip(chosen.tolist(), rejected.tolist(), long.tolist(), short.tolist(), strict=True)
    losses = [-math.log(sigmoid(2.5 / lw * w - 2.5 / ll * l_ - 1.4)) for w, l_, lw, ll in rows]
    assert ours.item() == pytest.approx(sum(losses) / 5, abs=1e-10)


@pytest.mark.parametrize("seed", range(4))
def test_orpo(reference, seed):
    chosen, rejected = tensors(seed, 5, 2)
    long, short = lengths(seed, 5)
    ours = reference("preference-losses").orpo_loss(chosen, rejected, long, short, 0.7)
    losses = []
    for w, l_, lw, ll in zip(chosen.tolist(), rejected.tolist(), long.tolist(), short.tolist(), strict=True):
        p, q = math.exp(w / lw), math.exp(l_ / ll)
        odds_ratio = (p / (1 - p)) / (q / (1 - q))
        losses.append(-w / lw - 0.7 * math.log(sigmoid(math.log(odds_ratio))))
    assert ours.item() == pytest.approx(sum(losses) / 5, abs=1e-10)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("shift", [-3.0, 3.0])
def test_kto(reference, seed, shift):
    policy, frozen = tensors(seed, 7, 2)
    other, other_frozen = tensors(seed + 50, 3, 2)
    moved = (other_frozen.detach() + shift + 0.01 * other.detach()).requires_grad_(True)
    desirable = torch.tensor([True, False, False, True, True, False, True])
    ours = reference("preference-losses").kto_loss(
        policy, frozen, desirable, moved, other_frozen, 0.3, 1.33, 0.9
    )
    estimate = sum(a - b for a, b in zip(moved.tolist(), other_frozen.tolist(), strict=True)) / 3
    z = max(0.0, estimate)
    losses, slopes = [], []
    for p, r, good in zip(policy.tolist(), frozen.tolist(), desirable.tolist(), strict=True):
        weight = 1.33 if good else 0.9
        value = sigmoid(0.3 * (p - r - z)) if good else sigmoid(0.3 * (z - (p - r)))
        losses.append(weight - weight * value)  # λ_y − v(x, y)
        slopes.append((-1 if good else 1) * weight * 0.3 * value * (1 - value) / 7)
    assert ours.item() == pytest.approx(sum(losses) / 7, abs=1e-10)
    gradients = torch.autograd.grad(ours, [policy, frozen, moved, other_frozen], allow_unused=True)
    torch.testing.assert_close(gradients[0], torch.tensor(slopes, dtype=torch.float64))
    assert gradients[1:] == (None, None, None)
