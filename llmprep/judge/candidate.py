"""Loads the learner's file as a module, and describes what went wrong in it in the learner's own lines."""

from __future__ import annotations

import linecache
import sys
import traceback
import types
from typing import Any

MAX_MESSAGE = 600
MAX_LOCALS = 10


class CandidateProblem(Exception):
    """Something the learner's file lacks or gets wrong that is no exception of its own."""

    def __init__(self, problem: str, detail: dict[str, Any]):
        super().__init__(problem, detail)
        self.problem = problem
        self.detail = detail


def load(source: bytes, filename: str, name: str) -> types.ModuleType:
    """Execute `source` as the module `name`.

    It is put into `sys.modules`, which dataclasses with postponed annotations need, and its text into
    `linecache`, so that tracebacks show the learner's lines although the file itself is out of reach.
    """
    module = types.ModuleType(name)
    module.__file__ = filename
    sys.modules[name] = module
    text = source.decode("utf-8-sig", errors="replace")
    linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)
    code = compile(source, filename, "exec", dont_inherit=True)
    exec(code, module.__dict__)
    return module


def describe_exception(error: BaseException, filename: str) -> dict[str, Any]:
    """Type, message, the innermost line of the learner's file, and the tensors alive in that frame."""
    detail: dict[str, Any] = {"type": type(error).__name__, "message": _message(error)}
    if isinstance(error, SyntaxError) and error.filename == filename:
        detail["line"] = error.lineno
        detail["code"] = (error.text or "").strip()
        return detail
    frame = None
    for candidate, line in traceback.walk_tb(error.__traceback__):
        if candidate.f_code.co_filename == filename:
            frame = candidate
            detail["line"] = line
            detail["function"] = candidate.f_code.co_name
    if frame is not None:
        detail["code"] = linecache.getline(filename, detail["line"]).strip()
        detail["locals"] = _tensors(frame.f_locals)
    return detail


def touches(error: BaseException, filename: str) -> bool:
    """Whether any frame of the exception's traceback lies in the learner's file."""
    return any(frame.f_code.co_filename == filename for frame, _ in traceback.walk_tb(error.__traceback__))


def _message(error: BaseException) -> str:
    try:
        return str(error)[:MAX_MESSAGE]
    except Exception:  # an exception class of the learner's may fail even here
        return ""


def _tensors(variables: dict[str, Any]) -> dict[str, str]:
    import torch

    found = {
        name: f"{str(value.dtype).removeprefix('torch.')} {tuple(value.shape)}"
        for name, value in variables.items()
        if isinstance(value, torch.Tensor)
    }
    return dict(list(found.items())[:MAX_LOCALS])
