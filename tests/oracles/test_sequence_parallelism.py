"""The sequence-parallel MLP on real processes against the same MLP on one device."""

from __future__ import annotations

import os
import runpy
from pathlib import Path

import pytest
import torch
from torch.nn import functional

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="ranks are forks")

on_ranks = runpy.run_path(str(Path(__file__).with_name("ranks.py")))["on_ranks"]


@pytest.mark.parametrize("world", [1, 2, 3])
def test_equals_one_device(reference, world):
    mlp = reference("sequence-parallelism").sequence_parallel_mlp
    generator = torch.Generator().manual_seed(world)

    def leaf(*shape):
        return torch.randn(shape, generator=generator, dtype=torch.float64).requires_grad_()

    leaves = leaf(2 * world, 3, 4), leaf(4), leaf(5 * world, 4), leaf(4, 5 * world)
    weighting = leaf(2 * world, 3, 4).detach()
    x, gain, first, second = leaves
    normed = functional.layer_norm(x, (4,), gain)
    y = x + functional.linear(functional.gelu(functional.linear(normed, first)), second)
    expected = torch.autograd.grad((y * weighting).sum(), leaves)
    splits = [0, None, 0, 1]

    def part(tensor, dim, rank):
        return tensor if dim is None else tensor.chunk(world, dim)[rank]

    def on_rank(rank):
        own = [
            part(whole, dim, rank).detach().requires_grad_()
            for whole, dim in zip(leaves, splits, strict=True)
        ]
        out = mlp(*own)
        return out, torch.autograd.grad((out * weighting.chunk(world)[rank]).sum(), own)

    for rank, (out, gradients) in enumerate(on_ranks(world, on_rank)):
        torch.testing.assert_close(out, y.detach().chunk(world)[rank])
        for ours, whole, dim in zip(gradients, expected, splits, strict=True):
            torch.testing.assert_close(ours, part(whole, dim, rank))
