"""`load_balancing_loss` by counting one token at a time, its gradient by hand, and what it must satisfy."""

from __future__ import annotations

import pytest
import torch


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("shape", "top_k"), [((7, 5), 2), ((3, 6, 4), 1), ((2, 2, 5, 9), 4)])
def test_equals_counting_and_the_gradient_by_hand(reference, seed, shape, top_k):
    generator = torch.Generator().manual_seed(seed)
    logits = (2 * torch.randn(shape, generator=generator)).requires_grad_(True)
    mask = torch.rand(shape[:-1], generator=generator) < 0.7
    mask.view(-1)[0] = True
    loss = reference("load-balancing-loss").load_balancing_loss(logits, top_k, mask)
    (gradient,) = torch.autograd.grad(loss, logits)

    experts, tokens = shape[-1], int(mask.sum())
    load, mean = [0.0] * experts, torch.zeros(experts, dtype=torch.float64)
    for row in logits.detach().double()[mask]:
        for expert in sorted(range(experts), key=lambda e: float(row[e]))[-top_k:]:
            load[expert] += 1 / tokens
        mean += row.exp() / row.exp().sum() / tokens
    f = torch.tensor(load, dtype=torch.float64)
    torch.testing.assert_close(loss.detach().double(), experts * (f * mean).sum(), rtol=1e-5, atol=1e-6)

    # ∂L/∂z_ti = E/N · p_ti · (f_i − Σ_j p_tj·f_j) for real tokens, 0 for the others
    p = logits.detach().double().softmax(dim=-1)
    expected = experts / tokens * p * (f - (p * f).sum(dim=-1, keepdim=True)) * mask.unsqueeze(-1)
    torch.testing.assert_close(gradient.double(), expected, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("top_k", [1, 2, 3])
def test_is_top_k_when_the_load_is_even(reference, top_k):
    near = 1e-4 * torch.stack([torch.arange(6.0).roll(shift) for shift in range(6)])
    loss = reference("load-balancing-loss").load_balancing_loss(near, top_k)
    torch.testing.assert_close(loss, torch.tensor(float(top_k)), rtol=1e-5, atol=1e-5)


def test_a_step_against_the_gradient_evens_the_load(reference):
    load_balancing_loss = reference("load-balancing-loss").load_balancing_loss
    logits = torch.randn(200, 4, generator=torch.Generator().manual_seed(0))
    logits += torch.tensor([2.0, 0.0, 0.0, -1.0])
    offsets = torch.zeros(4, requires_grad=True)
    before = logits.topk(1).indices.flatten().bincount(minlength=4).max()
    for _ in range(30):
        (gradient,) = torch.autograd.grad(load_balancing_loss(logits + offsets, 1), offsets)
        offsets = (offsets - gradient).detach().requires_grad_(True)
    after = (logits + offsets).topk(1).indices.flatten().bincount(minlength=4).max()
    assert after < before - 20
