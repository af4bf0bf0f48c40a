"""Does once, before anyone waits, what is slow the first time."""

from __future__ import annotations

import math
import types

import torch
from torch import Tensor, nn


def exercise() -> None:
    """Grade a small drill of its own, on one thread: a parallel operation before a fork makes the child hang.

    Done in the process that forks, so that everything is imported; and in every fork while it waits, so
    that the memory it will touch is its own already.
    """
    from llmprep.judge import referee, worker  # noqa: F401  # the forks' work, imported before the fork
    from llmprep.judge.agreement import difference
    from llmprep.judge.laws import chance_of_one_law
    from llmprep.judge.probes import Probe
    from llmprep.judge.runner import Runner
    from llmprep.judge.wire import pack, unpack

    torch.set_num_threads(1)
    namespace = types.ModuleType("llmprep_exercise")
    namespace.__dict__.update(mix=_mix, Layer=_Layer)
    probes = [Probe("mix", _drive_mix, "", ""), Probe("layer", _drive_layer, "", "")]
    runner = Runner(probes, namespace, __file__, 0, ("torch.logsumexp", "torch.nn.LayerNorm"))
    runs = list(runner.runs())
    for run, sent in zip(runs, unpack(*pack(runs)), strict=True):
        difference(run, sent, run)
    runner.cost()
    chance_of_one_law({"a": 9, "b": 9}, {"a": 9, "b": 9})


def _mix(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    scores = (q @ k.transpose(-2, -1) / math.sqrt(q.size(-1))).masked_fill(~mask, -1e4)
    return torch.einsum("...qk,...kd->...qd", scores.softmax(dim=-1), v).float().to(v.dtype)


class _Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.inner = nn.Linear(4, 6)
        self.weight = nn.Parameter(torch.ones(6))

    def forward(self, x: Tensor) -> Tensor:
        x = self.inner(x)
        x = (x - x.mean(-1, keepdim=True)) * (x.var(-1, unbiased=False, keepdim=True) + 1e-5).rsqrt()
        return torch.cat([x * self.weight, x.exp().sum(-1, keepdim=True)], dim=-1)


def _drive_mix(impl: object, t: object) -> object:
    from llmprep.judge.probes import Tools

    assert isinstance(t, Tools)
    return impl.mix(t.randn(2, 5, 8), t.randn(2, 7, 8), t.randn(2, 7, 6), t.mask(2, 5, 7))  # type: ignore[attr-defined]


def _drive_layer(impl: object, t: object) -> object:
    from llmprep.judge.probes import Tools

    assert isinstance(t, Tools)
    return t.module(impl.Layer)(t.randn(3, 4))  # type: ignore[attr-defined]
