"""`kl_estimate` weighted by exact probabilities against torch.distributions.kl_divergence."""

from __future__ import annotations

import pytest
import torch
from torch.distributions import Categorical, kl_divergence


def two_models(seed: int, distance: float) -> tuple[torch.Tensor, torch.Tensor]:
    """Log-probabilities (1, V) of every token under π and π_ref."""
    generator = torch.Generator().manual_seed(seed)
    logits = torch.randn(1, 9, generator=generator, dtype=torch.float64)
    moved = logits + distance * torch.randn(1, 9, generator=generator, dtype=torch.float64)
    return logits.log_softmax(-1), moved.log_softmax(-1)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("distance", [0.05, 0.5, 2.0])
@pytest.mark.parametrize("kind", ["k1", "k3"])
def test_unbiased_estimators_have_the_exact_mean(reference, seed, distance, kind):
    policy, other = two_models(seed, distance)
    everything = torch.ones_like(policy, dtype=torch.bool)
    estimates, _ = reference("kl-estimators").kl_estimate(policy, other, everything, kind)
    exact = kl_divergence(Categorical(logits=policy), Categorical(logits=other))
    torch.testing.assert_close((policy.exp() * estimates).sum(-1), exact, rtol=1e-9, atol=1e-12)


def test_k2_is_biased_but_close_for_close_models(reference):
    everything, errors = torch.ones(1, 9, dtype=torch.bool), []
    for distance in (0.05, 2.0):
        policy, other = two_models(0, distance)
        estimates, _ = reference("kl-estimators").kl_estimate(policy, other, everything, "k2")
        exact = kl_divergence(Categorical(logits=policy), Categorical(logits=other))
        errors.append(((policy.exp() * estimates).sum(-1) / exact - 1).abs().item())
    assert errors[0] < 0.05 < errors[1]


def test_gradients_of_the_estimators(reference):
    """∂k1 = 1, ∂k2 = log π − log π_ref, ∂k3 = 1 − ρ; the one of k2 has the mean of the KL's own."""
    policy, other = two_models(1, 0.7)
    everything, difference = torch.ones_like(policy, dtype=torch.bool), policy - other
    expected = {"k1": torch.ones_like(policy), "k2": difference, "k3": 1 - (-difference).exp()}
    for kind, slope in expected.items():
        leaf = policy.clone().requires_grad_(True)
        reference("kl-estimators").kl_estimate(leaf, other, everything, kind)[0].sum().backward()
        torch.testing.assert_close(leaf.grad, slope, rtol=1e-9, atol=1e-12)
    logits = policy.clone().requires_grad_(True)
    kl_divergence(Categorical(logits=logits), Categorical(logits=other)).backward()
    centred = difference - (policy.exp() * difference).sum(-1, keepdim=True)
    torch.testing.assert_close(logits.grad, policy.exp() * centred, rtol=1e-9, atol=1e-12)
