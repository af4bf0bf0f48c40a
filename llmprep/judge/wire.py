"""Runs between processes: JSON for the structure, safetensors for the tensors, never pickle.

What comes from a worker is untrusted bytes: a frame that is not exactly as an honest worker writes it is
refused as a whole, and nothing in it is believed to be more than a claim about the candidate.
"""

from __future__ import annotations

import json
from typing import Any

import torch
from safetensors.torch import load as load_tensors
from safetensors.torch import save as save_tensors
from torch import Tensor

from llmprep.judge.runner import Run, RunKey
from llmprep.judge.values import MAX_BITS, MAX_ELEMENTS, MAX_TEXT, canonical

__all__ = ["MalformedFrame", "canonical", "pack", "unpack"]

CLAIMS = frozenset({"missing", "signature", "exception", "memory"})
"""Problems that only the worker can see; all others are found by the referee's comparison."""
CLAIMS_OF_RANKS = {"timeout": ("ranks",), "crashed": ("rank", "no-ranks")}
"""What only the worker can see of the ranks it asked; of itself it cannot say that."""
MAX_RUNS = 1000
MAX_ENTRIES = 2000
MAX_WORDS = 600
MAX_NAME = 100
MAX_LOCALS = 10
_COMPLEX = "c"


class MalformedFrame(Exception):  # noqa: N818 - it is about the bytes, not the program
    """Bytes that are no frame of runs."""


def pack(runs: list[Run]) -> tuple[bytes, bytes]:
    """Runs with canonical values as (JSON, safetensors)."""
    tensors: dict[str, Tensor] = {}
    records = [
        {
            "key": [run.key.probe, run.key.variation],
            "value": _take_tensors(run.value, tensors),
            "problem": run.problem,
            "detail": run.detail,
            "modules": run.modules,
            "mutated": run.mutated,
            "forbidden": run.forbidden,
            "floats": run.floats,
        }
        for run in runs
    ]
    return json.dumps(records).encode(), save_tensors(tensors)


def unpack(structure: bytes, blob: bytes) -> list[Run]:
    """The inverse of `pack`.

    Raises:
        MalformedFrame: anything is not as `pack` writes it.
    """
    try:
        tensors = {name: _restored(name, tensor) for name, tensor in load_tensors(blob).items()}
        records = _list(json.loads(structure), MAX_RUNS)
        return [_run(record, tensors) for record in records]
    except Exception as error:  # every way of being malformed ends the same way
        raise MalformedFrame(f"{type(error).__name__}: {error}") from error


def _take_tensors(value: Any, tensors: dict[str, Tensor]) -> Any:
    if isinstance(value, Tensor):
        name = f"{len(tensors)}{_COMPLEX if value.is_complex() else ''}"
        tensors[name] = torch.view_as_real(value) if value.is_complex() else value
        return {"$tensor": name}
    if isinstance(value, list):
        return [_take_tensors(element, tensors) for element in value]
    if isinstance(value, dict):
        return {key: _take_tensors(element, tensors) for key, element in value.items()}
    return value


# ---------------------------------------------------------------- untrusted


def _restored(name: str, tensor: Tensor) -> Tensor:
    return torch.view_as_complex(tensor) if name.endswith(_COMPLEX) else tensor


def _run(record: dict[str, Any], tensors: dict[str, Tensor]) -> Run:
    probe, variation = _list(record["key"], 2)
    problem = record["problem"]
    detail = _detail(record["detail"])
    of_ranks = detail.get("what") in CLAIMS_OF_RANKS.get(problem, ())
    if problem is not None and problem not in CLAIMS and not of_ranks:
        raise MalformedFrame(f"a problem {problem!r}")
    return Run(
        RunKey(_text(probe), _text(variation)),
        _Reading(tensors).of(record["value"]),
        problem,
        detail,
        [_table(entry) for entry in _list(record["modules"], MAX_ENTRIES)],
        {_text(place): _words(name, MAX_NAME) for place, name in _dict(record["mutated"]).items()},
        [_call(entry) for entry in _list(record["forbidden"], MAX_ENTRIES)],
        bool(record["floats"]),
    )


class _Reading:
    """A value of a frame with its tensors put back, bounded like what `canonical` makes."""

    def __init__(self, tensors: dict[str, Tensor]):
        self._tensors = tensors
        self._elements = 3 * MAX_ELEMENTS  # what is odd stands for one value and takes two

    def of(self, value: Any) -> Any:
        """Raises MalformedFrame or KeyError where the value is nothing that `pack` writes."""
        self._elements -= 1
        if self._elements < 0:
            raise MalformedFrame("too many values")
        if isinstance(value, list):
            return [self.of(element) for element in value]
        if isinstance(value, dict):
            if set(value) == {"$tensor"}:
                return self._tensors[value["$tensor"]]
            return {_text(key): self.of(element) for key, element in value.items()}
        if isinstance(value, int) and value.bit_length() > MAX_BITS:
            raise MalformedFrame("an integer that is too large")
        return _text(value) if isinstance(value, str) else value


def _detail(detail: Any) -> dict[str, Any]:
    """What a message about a problem is made of; anything else in it is dropped."""
    kept: dict[str, Any] = {}
    for key, value in _dict(detail).items():
        if key in ("message", "code", "accepts"):
            kept[key] = _words(value, MAX_WORDS)
        elif key in ("type", "function", "what", "name", "class"):
            kept[key] = _words(value, MAX_NAME)
        elif key in ("line", "rank"):
            kept[key] = _integer(value)
        elif key == "waiting":
            kept[key] = [_integer(rank) for rank in _list(value, MAX_LOCALS)]
        elif key == "seconds":
            kept[key] = value if isinstance(value, float) else float(_integer(value))
        elif key == "locals":
            entries = list(_dict(value).items())[:MAX_LOCALS]
            kept[key] = {_words(name, MAX_NAME): _words(shape, MAX_NAME) for name, shape in entries}
    return kept


def _table(entry: Any) -> dict[str, Any]:
    parameters: dict[str, list[Any]] = {}
    for name, row in _dict(entry["parameters"]).items():
        shape, trainable, alias = _list(row, 3)
        sizes = [_integer(size) for size in _list(shape, MAX_ENTRIES)]
        parameters[_text(name)] = [sizes, bool(trainable), _text(alias)]
    return {"class": _text(entry["class"]), "parameters": parameters}


def _call(entry: Any) -> dict[str, Any]:
    line = entry["line"]
    return {"name": _words(entry["name"], MAX_NAME), "line": None if line is None else _integer(line)}


def _list(value: Any, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise MalformedFrame("not a list")
    return value


def _dict(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict) or len(value) > MAX_ENTRIES:
        raise MalformedFrame("not an object")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 2 * MAX_TEXT:
        raise MalformedFrame("not a text")
    return value


def _words(value: Any, most: int) -> str:
    """A text on one line, so that a part of a message cannot pass for a line of the judge's."""
    words = " ".join(_text(value).split())
    return words if len(words) <= most else words[: most - 1] + "…"


def _integer(value: Any) -> int:
    if type(value) is not int or value.bit_length() > MAX_BITS:
        raise MalformedFrame("not an integer")
    return value
