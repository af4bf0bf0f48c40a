"""The ring on real processes against gloo's own all_reduce."""

from __future__ import annotations

import os
import runpy
from pathlib import Path

import pytest
import torch
import torch.distributed as dist

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="ranks are forks")

on_ranks = runpy.run_path(str(Path(__file__).with_name("ranks.py")))["on_ranks"]


@pytest.mark.parametrize("world", [1, 2, 3, 4])
def test_equals_all_reduce(reference, world):
    ring_all_reduce = reference("ring-all-reduce").ring_all_reduce

    def both(rank):
        generator = torch.Generator().manual_seed(rank)
        found = []
        for shape in [(), (1,), (2,), (5, 3), (2, 3, 4)]:
            x = torch.randn(shape, generator=generator, dtype=torch.float64)
            whole = torch.randint(-(2**40), 2**40, shape, generator=generator)
            for tensor in (x, whole, x.t() if x.dim() == 2 else x):
                expected = tensor.clone(memory_format=torch.contiguous_format)
                dist.all_reduce(expected)
                found.append((ring_all_reduce(tensor), expected))
        return found

    for rank_results in on_ranks(world, both):
        for ours, theirs in rank_results:
            assert ours.dtype == theirs.dtype
            torch.testing.assert_close(ours, theirs)
