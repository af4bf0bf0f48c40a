"""Parallel layers on real processes against the whole layers on one device, with their gradients."""

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
def test_two_layers_equal_an_mlp_on_one_device(reference, world):
    layers = reference("tensor-parallel-linear")
    generator = torch.Generator().manual_seed(world)

    def leaf(*shape):
        return torch.randn(shape, generator=generator, dtype=torch.float64).requires_grad_()

    x, target = leaf(2, 5, 4), leaf(2, 5, 3).detach()
    first, first_bias, second, second_bias = leaf(2 * world, 4), leaf(2 * world), leaf(3, 2 * world), leaf(3)
    hidden = functional.gelu(functional.linear(x, first, first_bias))
    y = functional.linear(hidden, second, second_bias)
    expected = torch.autograd.grad((y - target).square().sum(), [x, first, first_bias, second, second_bias])

    def on_rank(rank):
        parts = [
            x,
            first.chunk(world, dim=0)[rank],
            first_bias.chunk(world)[rank],
            second.chunk(world, dim=1)[rank],
            second_bias,
        ]
        own = [part.detach().requires_grad_() for part in parts]
        inner = functional.gelu(layers.column_parallel_linear(*own[:3]))
        out = layers.row_parallel_linear(inner, *own[3:])
        return out, torch.autograd.grad((out - target).square().sum(), own)

    for rank, (out, gradients) in enumerate(on_ranks(world, on_rank)):
        torch.testing.assert_close(out, y.detach())
        for ours, whole, dim in zip(gradients, expected, [None, 0, 0, 1, None], strict=True):
            torch.testing.assert_close(ours, whole if dim is None else whole.chunk(world, dim)[rank])
