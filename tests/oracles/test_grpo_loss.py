"""`grpo_loss` against the objective of DeepSeekMath (Eq. 3 and 4), term by term in plain Python."""

from __future__ import annotations

import math

import pytest
import torch


def batch(seed: int) -> tuple[torch.Tensor, ...]:
    generator = torch.Generator().manual_seed(seed)
    old = torch.randn(4, 6, generator=generator, dtype=torch.float64) - 3
    new = old + torch.randn(4, 6, generator=generator, dtype=torch.float64) * 0.4
    other = old + torch.randn(4, 6, generator=generator, dtype=torch.float64) * 0.6
    advantages = torch.randn(4, generator=generator, dtype=torch.float64)
    mask = torch.arange(6) < torch.tensor([6, 2, 1, 4])[:, None]
    return new, old, other, advantages, mask


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("epsilon", "beta"), [(0.2, 0.04), (0.1, 1.0), (0.5, 0.0)])
@pytest.mark.parametrize("aggregation", ["sequence", "token"])
def test_equals_the_objective_of_the_paper(reference, seed, epsilon, beta, aggregation):
    new, old, other, advantages, mask = batch(seed)
    answers = []
    for row in range(4):
        terms = []
        for column in mask[row].nonzero().flatten().tolist():
            ratio = math.exp(new[row, column] - old[row, column])
            rho = math.exp(other[row, column] - new[row, column])
            advantage = advantages[row].item()
            surrogate = min(ratio * advantage, min(max(ratio, 1 - epsilon), 1 + epsilon) * advantage)
            terms.append(surrogate - beta * (rho - math.log(rho) - 1))
        answers.append(terms)
    if aggregation == "sequence":
        objective = sum(sum(terms) / len(terms) for terms in answers) / 4
    else:
        objective = sum(map(sum, answers)) / sum(map(len, answers))
    loss = reference("grpo-loss").grpo_loss(new, old, other, advantages, mask, epsilon, beta, aggregation)
    assert loss.item() == pytest.approx(-objective, abs=1e-12)


def test_first_gradient_is_the_policy_gradient_and_the_pull_to_the_reference(reference):
    """Of each token (A + β(ρ − 1))·∇log π, the gradient coefficient that the paper gives."""
    _, old, other, advantages, mask = batch(0)
    new = old.clone().requires_grad_(True)
    loss = reference("grpo-loss").grpo_loss(new, old, other, advantages, mask, beta=0.3)
    (gradient,) = torch.autograd.grad(loss, new)
    coefficient = advantages[:, None] + 0.3 * ((other - old).exp() - 1)
    expected = -(coefficient * mask) / mask.sum(-1, keepdim=True) / 4
    torch.testing.assert_close(gradient, expected, rtol=1e-9, atol=1e-12)
