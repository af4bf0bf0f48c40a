"""Experts on real processes against every expert on one device, token by token."""

from __future__ import annotations

import os
import runpy
from pathlib import Path

import pytest
import torch
from torch.nn import functional

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="ranks are forks")

on_ranks = runpy.run_path(str(Path(__file__).with_name("ranks.py")))["on_ranks"]


@pytest.mark.parametrize(("lengths", "own", "k"), [((5,), 3, 2), ((4, 7), 2, 1), ((3, 0, 6), 2, 3)])
def test_equals_one_device(reference, lengths, own, k):
    layer = reference("expert-parallel").expert_parallel
    world, d, f = len(lengths), 4, 3
    generator = torch.Generator().manual_seed(world)

    def leaf(*shape):
        return torch.randn(shape, generator=generator, dtype=torch.float64).requires_grad_()

    x, gates = [leaf(n, d) for n in lengths], [leaf(n, k) for n in lengths]
    experts = [torch.randint(0, world * own, (n, k), generator=generator) for n in lengths]
    weight_in, weight_out = leaf(world, own, f, d), leaf(world, own, d, f)

    def expert(index, token):
        rank, place = divmod(int(index), own)
        hidden = functional.linear(token, weight_in[rank, place]).relu()
        return functional.linear(hidden, weight_out[rank, place])

    def one_device(rank):
        rows = [
            sum(gates[rank][t, j] * expert(experts[rank][t, j], x[rank][t]) for j in range(k))
            for t in range(lengths[rank])
        ]
        return torch.stack(rows) if rows else x[rank] * gates[rank].sum()

    outputs = [one_device(rank) for rank in range(world)]
    loss = sum(y.square().sum() for y in outputs)
    to_in, to_out, *others = torch.autograd.grad(loss, [weight_in, weight_out, *x, *gates])

    def on_rank(rank):
        parts = [part[rank].detach().requires_grad_() for part in (x, gates, weight_in, weight_out)]
        y = layer(parts[0], experts[rank], *parts[1:])
        return y, torch.autograd.grad(y.square().sum(), parts)

    for rank, (y, gradients) in enumerate(on_ranks(world, on_rank)):
        torch.testing.assert_close(y, outputs[rank].detach())
        expected = [others[rank], others[world + rank], to_in[rank], to_out[rank]]
        for ours, theirs in zip(gradients, expected, strict=True):
            torch.testing.assert_close(ours, theirs)
