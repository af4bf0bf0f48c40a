"""Real processes in one gloo group, for the oracles of drills about distributed training."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from collections.abc import Callable
from typing import Any

import torch
import torch.distributed as dist

SECONDS = 60


def on_ranks(world: int, function: Callable[[int], Any]) -> list[Any]:
    """What `function(rank)` returns in each of `world` processes, by rank; tensors must carry no graph."""
    context = multiprocessing.get_context("fork")
    with tempfile.TemporaryDirectory() as folder:
        started = []
        for rank in range(world):
            ours, theirs = context.Pipe()
            arguments = rank, world, f"{folder}/meeting", function, theirs
            process = context.Process(target=_serve, args=arguments, daemon=True)
            process.start()
            started.append((process, ours))
        found = []
        for process, connection in started:
            assert connection.poll(SECONDS), "a rank never answered"
            answer = connection.recv()
            assert not isinstance(answer, Exception), answer
            found.append(_mapped(answer, torch.from_numpy))
            process.join(10)
    return found


def _serve(rank: int, world: int, meeting: str, function: Callable[[int], Any], connection: Any) -> None:
    torch.set_num_threads(1)
    os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo")
    try:
        dist.init_process_group("gloo", init_method=f"file://{meeting}", rank=rank, world_size=world)
        found = _mapped(function(rank), lambda tensor: tensor.detach().numpy(), torch.Tensor)
        dist.barrier()
        dist.destroy_process_group()
        connection.send(found)
    except Exception as error:
        connection.send(error)


def _mapped(value: Any, change: Callable[[Any], Any], kind: Any = None) -> Any:
    """The value with every tensor (or array) in it changed: tensors themselves travel by shared memory."""
    if isinstance(value, list | tuple | dict):
        entries = value.items() if isinstance(value, dict) else enumerate(value)
        changed = {key: _mapped(entry, change, kind) for key, entry in entries}
        return changed if isinstance(value, dict) else type(value)(changed.values())
    if kind is None:
        return change(value) if hasattr(value, "__array_interface__") else value
    return change(value) if isinstance(value, kind) else value
