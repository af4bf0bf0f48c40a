"""Catches the calls that would hand over the answer, where they run.

A function mode sees Python-level calls under any alias; a dispatch mode sees `torch.ops` and what
modules call inside. It is a rule of the game, not a defence against sabotage of one's own practice.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

MODULE_FUNCTIONS = {
    "MultiheadAttention": "multi_head_attention_forward",
    "LayerNorm": "layer_norm",
    "RMSNorm": "rms_norm",
    "Softmax": "softmax",
    "LogSoftmax": "log_softmax",
    "GELU": "gelu",
    "SiLU": "silu",
    "Linear": "linear",
    "TransformerEncoderLayer": "multi_head_attention_forward",
    "TransformerDecoderLayer": "multi_head_attention_forward",
}
OPERATORS = {
    "layer_norm": ("native_layer_norm",),
    "rms_norm": ("fused_rms_norm",),
    "multi_head_attention_forward": ("native_multi_head_attention", "transformer_encoder_layer_fwd"),
}


class Forbidden:
    """The forbidden names of one drill, and what a candidate used of them."""

    def __init__(self, names: tuple[str, ...], filename: str):
        self._filename = filename
        self._by_function: dict[str, str] = {}
        for name in names:
            last = name.rpartition(".")[2]
            function = MODULE_FUNCTIONS.get(last, last)
            for spelling in (function, *OPERATORS.get(function, ())):
                self._by_function[spelling] = name
        self.hits: list[dict[str, Any]] = []

    def see(self, spelling: str) -> None:
        """Record the use of a function or operator of that name, if it is forbidden."""
        name = self._match(spelling.strip("_"))
        if name is not None and all(hit["name"] != name for hit in self.hits):
            self.hits.append({"name": name, "line": self._learner_line()})

    def _match(self, spelling: str) -> str | None:
        found = self._by_function.get(spelling)
        if found is None and spelling.startswith("scaled_dot_product"):
            found = self._by_function.get("scaled_dot_product_attention")
        return found

    def _learner_line(self) -> int | None:
        frame = sys._getframe(1)
        while frame is not None:
            if frame.f_code.co_filename == self._filename:
                return frame.f_lineno
            frame = frame.f_back  # type: ignore[assignment]
        return None

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch every torch call made inside."""
        if not self._by_function:
            yield
            return
        with _FunctionWatch(self), _DispatchWatch(self):
            yield


class _FunctionWatch(TorchFunctionMode):
    def __init__(self, forbidden: Forbidden):
        super().__init__()
        self._forbidden = forbidden

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        self._forbidden.see(getattr(func, "__name__", ""))
        return func(*args, **(kwargs or {}))


class _DispatchWatch(TorchDispatchMode):
    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        # True, the default, imports torch._dynamo at the first call: as slow as importing torch itself
        return False

    def __init__(self, forbidden: Forbidden):
        super().__init__()
        self._forbidden = forbidden

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        self._forbidden.see(func._overloadpacket.__name__)
        return func(*args, **(kwargs or {}))
