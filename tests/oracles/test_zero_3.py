"""The gathered layer on real processes against the whole weight on one device."""

from __future__ import annotations

import os
import runpy
from pathlib import Path

import pytest
import torch
from torch.nn import functional

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="ranks are forks")

on_ranks = runpy.run_path(str(Path(__file__).with_name("ranks.py")))["on_ranks"]


@pytest.mark.parametrize(("world", "shape"), [(1, (3, 4)), (2, (5, 3)), (3, (4, 4)), (4, (1, 2))])
def test_equals_the_whole_weight(reference, world, shape):
    layer = reference("zero-3").zero3_linear
    generator = torch.Generator().manual_seed(world)
    weight = torch.randn(shape, generator=generator)
    inputs = [torch.randn(rank + 1, 2, shape[1], generator=generator) for rank in range(world)]
    length = -(-weight.numel() // world)
    padded = functional.pad(weight.flatten(), (0, world * length - weight.numel())).view(world, length)

    def whole(rank):
        x, w = inputs[rank].clone().requires_grad_(), weight.clone().requires_grad_()
        y = functional.linear(x, w)
        return y.detach(), *torch.autograd.grad(y.square().sum(), [x, w])

    def on_rank(rank):
        x, shard = inputs[rank].clone().requires_grad_(), padded[rank].clone().requires_grad_()
        y = layer(x, shard, shape)
        return y, *torch.autograd.grad(y.square().sum(), [x, shard])

    expected = [whole(rank) for rank in range(world)]
    found = on_ranks(world, on_rank)
    for (y, to_x, _), (whole_y, whole_x, _) in zip(found, expected, strict=True):
        torch.testing.assert_close(y, whole_y)
        torch.testing.assert_close(to_x, whole_x)
    mean = torch.stack([to_weight for *_, to_weight in expected]).mean(0)
    ours = torch.cat([to_shard for *_, to_shard in found])
    torch.testing.assert_close(ours[: mean.numel()].view(shape), mean)
    assert not ours[mean.numel() :].any()
