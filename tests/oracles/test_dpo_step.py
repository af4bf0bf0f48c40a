"""`dpo_step` against cross-entropy with summed tokens and a gradient step by hand."""

from __future__ import annotations

import copy

import pytest
import torch
from torch import nn
from torch.nn import functional


def language_model(seed: int, vocabulary: int) -> nn.Module:
    torch.manual_seed(seed)
    return nn.Sequential(nn.Embedding(vocabulary, 6), nn.Tanh(), nn.Linear(6, vocabulary)).double()


def pairs(seed: int, vocabulary: int):
    generator = torch.Generator().manual_seed(seed)
    batch = {}
    for name, length in (("chosen", 7), ("rejected", 5)):
        start = torch.randint(1, 3, (4, 1), generator=generator)
        end = torch.randint(3, length + 1, (4, 1), generator=generator)
        positions = torch.arange(length)
        batch[f"{name}_ids"] = torch.randint(0, vocabulary, (4, length), generator=generator)
        batch[f"{name}_mask"] = (positions >= start) & (positions < end)
    return batch


def answer_loss(model, ids, mask):
    """Summed cross-entropy of the answer of one row."""
    labels = ids.masked_fill(~mask, -100)
    return functional.cross_entropy(model(ids)[:-1], labels[1:], ignore_index=-100, reduction="sum")


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("beta", [0.1, 1.5])
def test_equals_cross_entropy_and_descent_by_hand(reference, seed, beta):
    policy, frozen, batch = language_model(seed, 9), language_model(seed + 50, 9), pairs(seed, 9)
    mine = copy.deepcopy(policy)
    optimizer = torch.optim.SGD(mine.parameters(), lr=0.3)
    ours = reference("dpo-step").dpo_step(mine, frozen, optimizer, batch, beta)

    margins = []
    for row in range(4):
        chosen = batch["chosen_ids"][row], batch["chosen_mask"][row]
        rejected = batch["rejected_ids"][row], batch["rejected_mask"][row]
        gain = answer_loss(frozen, *chosen) - answer_loss(policy, *chosen)
        margins.append(beta * (gain - answer_loss(frozen, *rejected) + answer_loss(policy, *rejected)))
    h = torch.stack(margins)
    loss = functional.binary_cross_entropy_with_logits(h, torch.ones_like(h))
    assert ours["loss"] == pytest.approx(loss.item(), abs=1e-10)
    assert ours["margin"] == pytest.approx(h.mean().item(), abs=1e-10)
    assert ours["accuracy"] == pytest.approx(sum(m > 0 for m in h.tolist()) / 4)
    gradients = torch.autograd.grad(loss, list(policy.parameters()))
    for after, before, gradient in zip(mine.parameters(), policy.parameters(), gradients, strict=True):
        torch.testing.assert_close(after.detach(), before.detach() - 0.3 * gradient)
    assert all(parameter.grad is None for parameter in frozen.parameters())
