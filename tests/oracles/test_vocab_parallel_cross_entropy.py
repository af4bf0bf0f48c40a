"""The split loss on real processes against torch's cross-entropy over the whole vocabulary."""

from __future__ import annotations

import os
import runpy
from pathlib import Path

import pytest
import torch
from torch.nn import functional

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="ranks are forks")

on_ranks = runpy.run_path(str(Path(__file__).with_name("ranks.py")))["on_ranks"]


@pytest.mark.parametrize(("world", "scale"), [(1, 1.0), (2, 3.0), (3, 300.0), (4, 1000.0)])
def test_equals_cross_entropy(reference, world, scale):
    loss_of = reference("vocab-parallel-cross-entropy").vocab_parallel_cross_entropy
    generator = torch.Generator().manual_seed(world)
    logits = torch.randn(2, 9, 5 * world, generator=generator, dtype=torch.float64) * scale
    targets = torch.randint(0, 5 * world, (2, 9), generator=generator)
    weighting = torch.randn(2, 9, generator=generator, dtype=torch.float64)

    whole = logits.clone().requires_grad_()
    expected = functional.cross_entropy(whole.flatten(0, 1), targets.flatten(), reduction="none").view(2, 9)
    (gradient,) = torch.autograd.grad((expected * weighting).sum(), whole)

    def on_rank(rank):
        own = logits.chunk(world, dim=-1)[rank].clone().requires_grad_()
        loss = loss_of(own, targets)
        return loss, torch.autograd.grad((loss * weighting).sum(), own)[0]

    for rank, (loss, own) in enumerate(on_ranks(world, on_rank)):
        torch.testing.assert_close(loss, expected.detach())
        torch.testing.assert_close(own, gradient.chunk(world, dim=-1)[rank])
