"""Values between processes: JSON for the structure, safetensors for the tensors, never pickle.

What comes from a worker is untrusted bytes: sizes are checked before anything is copied, and a frame
that is not well-formed is refused as a whole.
"""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import torch
from safetensors.torch import load as load_tensors
from safetensors.torch import save as save_tensors
from torch import Tensor

from llmprep.judge.runner import Run, RunKey

MAX_TENSOR_BYTES = 64 << 20
MAX_DEPTH = 24
MAX_ELEMENTS = 20_000


class MalformedFrame(Exception):
    """Bytes that are no frame of runs."""


def canonical(value: Any, depth: int = 0) -> Any:
    """The value as plain lists, dicts with string keys, dense tensors, numbers, strings and None.

    What cannot be compared becomes `{"$odd": "what it is"}`: equal to nothing a reference returns.
    """
    if depth > MAX_DEPTH:
        return {"$odd": "nested too deeply"}
    if value is None or isinstance(value, bool | int | float | str):
        return value if type(value) in (type(None), bool, int, float, str) else _builtin(value)
    if isinstance(value, Tensor):
        return _dense(value)
    if isinstance(value, tuple | list):
        if len(value) > MAX_ELEMENTS:
            return {"$odd": f"a sequence of {len(value)} elements"}
        return [canonical(element, depth + 1) for element in value]
    if isinstance(value, dict):
        return {str(key): canonical(element, depth + 1) for key, element in list(value.items())[:MAX_ELEMENTS]}
    if isinstance(value, torch.Size):
        return list(value)
    if isinstance(value, torch.dtype):
        return str(value)
    return {"$odd": type(value).__name__}


def _builtin(value: Any) -> Any:
    for kind in (bool, int, float, str):
        if isinstance(value, kind):
            return kind(value)
    return None


def _dense(tensor: Tensor) -> Any:
    plain = tensor.detach().as_subclass(Tensor)
    if plain.layout != torch.strided or plain.device.type != "cpu":
        return {"$odd": f"a {plain.layout} tensor on {plain.device.type}"}
    if plain.numel() * plain.element_size() > MAX_TENSOR_BYTES:
        return {"$odd": f"a tensor of shape {tuple(plain.shape)}, too large to look at"}
    if plain.is_complex():
        return {"$complex": torch.view_as_real(plain.resolve_conj()).contiguous().clone()}
    return plain.contiguous().clone()


def pack(runs: list[Run]) -> tuple[bytes, bytes]:
    """Runs with canonical values as (JSON, safetensors)."""
    tensors: dict[str, Tensor] = {}
    records = []
    for run in runs:
        record = {f.name: getattr(run, f.name) for f in dataclasses.fields(run) if f.name not in ("key", "value")}
        record["key"] = [run.key.probe, run.key.variation]
        record["value"] = _take_tensors(canonical(run.value), tensors)
        records.append(record)
    return json.dumps(records).encode(), save_tensors(tensors)


def unpack(structure: bytes, blob: bytes) -> list[Run]:
    """The inverse of `pack`.

    Raises:
        MalformedFrame: anything is not as `pack` writes it.
    """
    try:
        tensors = load_tensors(blob)
        records = json.loads(structure)
        return [_run(record, tensors) for record in records]
    except Exception as error:  # every way of being malformed ends the same way
        raise MalformedFrame(str(error)) from error


def _run(record: dict[str, Any], tensors: dict[str, Tensor]) -> Run:
    probe, variation = record["key"]
    problem = record["problem"]
    if not (isinstance(problem, str) or problem is None) or not isinstance(record["detail"], dict):
        raise MalformedFrame("problem")
    return Run(
        RunKey(str(probe), str(variation)),
        _put_tensors(record["value"], tensors),
        problem,
        record["detail"],
        list(record["modules"]),
        [str(name) for name in record["mutated"]],
        list(record["forbidden"]),
        bool(record["floats"]),
    )


def _take_tensors(value: Any, tensors: dict[str, Tensor]) -> Any:
    if isinstance(value, Tensor):
        name = str(len(tensors))
        tensors[name] = value
        return {"$tensor": name}
    if isinstance(value, list):
        return [_take_tensors(element, tensors) for element in value]
    if isinstance(value, dict):
        return {key: _take_tensors(element, tensors) for key, element in value.items()}
    return value


def _put_tensors(value: Any, tensors: dict[str, Tensor]) -> Any:
    if isinstance(value, list):
        return [_put_tensors(element, tensors) for element in value]
    if isinstance(value, dict):
        if set(value) == {"$tensor"}:
            return tensors[value["$tensor"]]
        return {str(key): _put_tensors(element, tensors) for key, element in value.items()}
    return value
