"""Ring attention on real processes against PyTorch's attention over the whole sequence."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import pytest
import torch
import torch.distributed as dist
from torch.nn import functional

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="ranks are forks")


def serve(rank, world, meeting, ring_attention, shards, connection):
    """One rank: its part of the result, or what went wrong."""
    torch.set_num_threads(1)
    os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo")
    try:
        dist.init_process_group("gloo", init_method=f"file://{meeting}", rank=rank, world_size=world)
        found = [ring_attention(*shards, causal).numpy() for causal in (False, True)]
        dist.barrier()
        dist.destroy_process_group()
        connection.send(found)
    except Exception as error:
        connection.send(error)


@pytest.mark.parametrize(("world", "length"), [(1, 5), (2, 1), (2, 4), (3, 3), (4, 2)])
def test_equals_attention_over_the_whole_sequence(reference, tmp_path: Path, world, length):
    generator = torch.Generator().manual_seed(world)
    q, k, v = (
        torch.randn(2, 3, world * length, width, generator=generator, dtype=torch.float64) * 3
        for width in (6, 6, 5)
    )
    parts = zip(*(x.split(length, dim=2) for x in (q, k, v)), strict=True)
    context = multiprocessing.get_context("fork")
    ring_attention, ranks = reference("ring-attention").ring_attention, []
    for rank, shards in enumerate(parts):
        ours, theirs = context.Pipe()
        arguments = rank, world, tmp_path / "meeting", ring_attention, shards, theirs
        process = context.Process(target=serve, args=arguments, daemon=True)
        process.start()
        ranks.append((process, ours))
    found = []
    for process, connection in ranks:
        assert connection.poll(60), "a rank never answered"
        answer = connection.recv()
        assert isinstance(answer, list), answer
        found.append([torch.from_numpy(array) for array in answer])
        process.join(10)
    for causal, outputs in zip((False, True), zip(*found, strict=True), strict=True):
        expected = functional.scaled_dot_product_attention(q, k, v, is_causal=causal)
        torch.testing.assert_close(torch.cat(outputs, dim=2), expected)
