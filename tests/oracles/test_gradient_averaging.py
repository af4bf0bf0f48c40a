"""Averaging on real processes against torch.nn.parallel.DistributedDataParallel, and the big batch."""

from __future__ import annotations

import copy
import os
import runpy
from pathlib import Path

import pytest
import torch
from torch import nn
from torch.nn.parallel import DistributedDataParallel

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="ranks are forks")

on_ranks = runpy.run_path(str(Path(__file__).with_name("ranks.py")))["on_ranks"]


@pytest.mark.parametrize(("world", "bucket_bytes"), [(1, 100), (2, 64), (3, 300), (3, 2**20)])
def test_equals_ddp_and_the_gradient_of_the_whole_batch(reference, world, bucket_bytes):
    average_gradients = reference("gradient-averaging").average_gradients
    torch.manual_seed(world)
    model = nn.Sequential(nn.Linear(5, 7), nn.Tanh(), nn.Linear(7, 3)).double()
    x = torch.randn(world, 4, 5, dtype=torch.float64)

    def gradients(module: nn.Module, rows: torch.Tensor) -> list[torch.Tensor]:
        module(rows).square().mean().backward()
        return [parameter.grad for parameter in module.parameters()]

    def both(rank):
        own = copy.deepcopy(model)
        gradients(own, x[rank])
        average_gradients(list(own.parameters()), bucket_bytes)
        theirs = gradients(DistributedDataParallel(copy.deepcopy(model)), x[rank])
        return [parameter.grad for parameter in own.parameters()], theirs

    whole = gradients(copy.deepcopy(model), x.flatten(0, 1))
    for ours, theirs in on_ranks(world, both):
        torch.testing.assert_close(ours, theirs)
        torch.testing.assert_close(ours, whole)
