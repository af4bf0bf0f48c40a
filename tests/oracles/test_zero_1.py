"""ZeRO-1 on real processes against torch.optim.Adam with the mean gradient."""

from __future__ import annotations

import os
import runpy
from pathlib import Path

import pytest
import torch
from torch import nn

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="ranks are forks")

on_ranks = runpy.run_path(str(Path(__file__).with_name("ranks.py")))["on_ranks"]


@pytest.mark.parametrize(("world", "options"), [(1, {}), (2, {"lr": 0.1}), (3, {"betas": (0.5, 0.8)})])
def test_equals_adam(reference, world, options):
    optimizer_of = reference("zero-1").ZeroOneAdam
    generator = torch.Generator().manual_seed(world)
    shapes = [(3, 2), (5,), (2, 2)]
    values = [torch.randn(shape, generator=generator) for shape in shapes]
    gradients = [[torch.randn(world, *shape, generator=generator) for shape in shapes] for _ in range(5)]

    def trained(make, gradient_of):
        parameters = [nn.Parameter(value.clone()) for value in values]
        optimizer = make(parameters, **options)
        for step in gradients:
            for parameter, each in zip(parameters, step, strict=True):
                parameter.grad = gradient_of(each)
            optimizer.step()
        return parameters, optimizer

    expected, adam = trained(torch.optim.Adam, lambda each: each.mean(0))

    def on_rank(rank):
        parameters, optimizer = trained(optimizer_of, lambda each: each[rank])
        return parameters, optimizer.m, optimizer.v

    found = on_ranks(world, on_rank)
    for parameters, _, _ in found:
        torch.testing.assert_close(parameters, [parameter.detach() for parameter in expected])
    for index, key in ((1, "exp_avg"), (2, "exp_avg_sq")):
        moments = torch.cat([result[index] for result in found])
        whole = torch.cat([adam.state[parameter][key].flatten() for parameter in expected])
        torch.testing.assert_close(moments[: len(whole)], whole)
