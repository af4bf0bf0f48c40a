"""Loads the learner's file as a module, and describes what went wrong in it in the learner's own lines."""

from __future__ import annotations

import io
import linecache
import re
import sys
import tokenize
import traceback
import types
import warnings
from collections.abc import Callable
from contextlib import suppress
from importlib.abc import InspectLoader
from typing import Any

MAX_MESSAGE = 600
MAX_LINE = 200
MAX_LOCALS = 10


class CandidateProblem(Exception):  # noqa: N818 - the candidate has problems; the program has errors
    """Something the learner's file lacks or gets wrong that is no exception of its own."""

    def __init__(self, problem: str, detail: dict[str, Any]):
        super().__init__(problem, detail)
        self.problem = problem
        self.detail = detail


def load(source: bytes, filename: str, name: str) -> types.ModuleType:
    """Execute `source` as the module `name`.

    It is put into `sys.modules`, which dataclasses with postponed annotations need, and its text into
    `linecache`, so that tracebacks show the learner's lines although the file itself is out of reach.

    Raises:
        SyntaxError: it is no Python, or not text at all.
        BaseException: whatever its statements raise.
    """
    if name in sys.stdlib_module_names:  # `tokenize` the drill must not become `tokenize` the module
        name = f"practice_{name}"
    if b"\0" in source:
        line = source[: source.index(b"\0")].count(b"\n") + 1
        raise SyntaxError("the file is not UTF-8 text", (filename, line, 1, ""))
    module = types.ModuleType(name)
    module.__file__ = filename
    module.__loader__ = _FromMemory(source)
    sys.modules[name] = module
    text = _decoded(source)
    linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)
    code = compile(source, filename, "exec", dont_inherit=True)
    exec(code, module.__dict__)
    return module


class _FromMemory(InspectLoader):
    """The loader of a module that was never a file on this disk."""

    def __init__(self, source: bytes):
        self.source = source

    def get_source(self, fullname: str) -> str:
        """What `inspect` and tracebacks ask for."""
        return _decoded(self.source)


def source_of(module: types.ModuleType) -> bytes:
    """What a module that `load` made was made of."""
    loader = module.__loader__
    assert isinstance(loader, _FromMemory)
    return loader.source


def _decoded(source: bytes) -> str:
    """The text as Python reads it: UTF-8, with or without a mark, or what its first lines declare."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
    except SyntaxError:
        encoding = "utf-8"
    return source.decode(encoding, errors="replace").replace("\r\n", "\n")


def problem_of(error: BaseException) -> str:
    """Which kind of problem an exception is."""
    if isinstance(error, NotImplementedError):
        return "missing"
    if isinstance(error, MemoryError) or (
        isinstance(error, RuntimeError) and "allocate memory" in _message(error)
    ):
        return "memory"
    return "exception"


def describe_exception(error: BaseException, filename: str) -> dict[str, Any]:
    """Type, message, the innermost line of the learner's file, and the tensors alive in that frame."""
    detail: dict[str, Any] = {"type": type(error).__name__, "message": _message(error)}
    if isinstance(error, SyntaxError) and error.filename == filename:
        detail["message"] = str(error.msg)[:MAX_MESSAGE]
        detail["line"] = error.lineno or 1
        detail["code"] = _line(filename, detail["line"])
        return detail
    frame = None
    for candidate, line in traceback.walk_tb(error.__traceback__):
        if candidate.f_code.co_filename == filename:
            frame = candidate
            detail["line"] = line
            detail["function"] = candidate.f_code.co_name
    if frame is not None:
        detail["code"] = _line(filename, detail["line"])
        detail["locals"] = _tensors(frame.f_locals)
    return detail


def forward_line(run: Callable[[], object], filename: str) -> dict[str, Any]:
    """Where in the learner's file the forward step stands whose backward step fails; empty if unknown.

    The exception of a backward step has no line of the learner's, so the run is made once more while
    autograd notes where every step came from.
    """
    import torch

    with (
        warnings.catch_warnings(record=True) as caught,
        torch.autograd.set_detect_anomaly(True, check_nan=False),
    ):
        warnings.simplefilter("always")
        with suppress(BaseException):  # expected: it failed before
            run()
    said = "\n".join(str(warning.message) for warning in caught)
    lines = re.findall(rf'File "{re.escape(filename)}", line (\d+)', said)
    if not lines:
        return {}
    return {"line": int(lines[-1]), "code": _line(filename, int(lines[-1]))}


def touches(error: BaseException, filename: str) -> bool:
    """Whether any frame of the exception's traceback lies in the learner's file."""
    return any(frame.f_code.co_filename == filename for frame, _ in traceback.walk_tb(error.__traceback__))


def _line(filename: str, number: int) -> str:
    return linecache.getline(filename, number).strip()[:MAX_LINE]


def _message(error: BaseException) -> str:
    try:
        return str(error)[:MAX_MESSAGE]
    except Exception:  # an exception class of the learner's may fail even here
        return ""


def _tensors(variables: dict[str, Any]) -> dict[str, str]:
    import torch

    found: dict[str, str] = {}
    for name, value in variables.items():
        if issubclass(type(value), torch.Tensor) and len(found) < MAX_LOCALS:
            with suppress(Exception):  # a tensor subclass of the learner's may fail even here
                found[name] = f"{str(value.dtype).removeprefix('torch.')} {tuple(value.shape)}"
    return found
