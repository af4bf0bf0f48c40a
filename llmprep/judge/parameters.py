"""The parameters of a learner's module: described for comparison, filled by name and shape."""

from __future__ import annotations

import hashlib
import math
from typing import Any

import torch
from torch import nn
from torch.nn.parameter import is_lazy

from llmprep.judge.candidate import CandidateProblem


def describe(module: Any) -> dict[str, Any]:
    """Name → [shape, requires_grad, first alphabetical name of the tied group].

    Raises:
        CandidateProblem: the object is no `nn.Module`, or has parameters without a shape yet.
    """
    if not isinstance(module, nn.Module):
        raise CandidateProblem("missing", {"what": "module", "name": type(module).__name__})
    first = _first_names(module)
    table: dict[str, Any] = {}
    for name, parameter in module.named_parameters(remove_duplicate=False):
        if is_lazy(parameter):
            raise CandidateProblem("missing", {"what": "lazy", "name": name})
        table[name] = [list(parameter.shape), bool(parameter.requires_grad), first[id(parameter)]]
    return {"class": type(module).__name__, "parameters": dict(sorted(table.items()))}


def fill(module: nn.Module, seed: int) -> None:
    """Give every parameter values that depend only on `seed`, its name and its shape.

    A tied parameter is filled under the alphabetically first of its names, so that the order in which it
    was assigned does not matter.
    """
    with torch.no_grad():
        for name, parameter in _unique_parameters(module):
            digest = hashlib.blake2b(f"{seed}:{name}:{tuple(parameter.shape)}".encode(), digest_size=6)
            generator = torch.Generator().manual_seed(int.from_bytes(digest.digest(), "big"))
            values = torch.randn(parameter.shape, generator=generator)
            if parameter.dim() >= 2:
                values /= math.sqrt(parameter.shape[-1])
            else:
                values = values * 0.5 + (1.0 if name.endswith(("weight", "gain", "gamma")) else 0.0)
            parameter.copy_(values)


def trainable(module: nn.Module) -> list[tuple[str, nn.Parameter]]:
    """Trainable parameters by their (alphabetically first) name."""
    return [(name, parameter) for name, parameter in _unique_parameters(module) if parameter.requires_grad]


def _first_names(module: nn.Module) -> dict[int, str]:
    first: dict[int, str] = {}
    for name, parameter in module.named_parameters(remove_duplicate=False):
        known = first.get(id(parameter))
        first[id(parameter)] = name if known is None else min(known, name)
    return first


def _unique_parameters(module: nn.Module) -> list[tuple[str, nn.Parameter]]:
    first = _first_names(module)
    named = [(first[id(parameter)], parameter) for parameter in module.parameters()]
    return sorted(named, key=lambda pair: pair[0])
