"""Catches the calls that would hand over the answer, where they run.

A function mode sees Python-level calls under any alias; a dispatch mode sees `torch.ops` and what
modules call inside; hooks see modules and optimizers by class. Modes belong to one thread and can be taken
down, so a worker also replaces the functions themselves by ones that tell (`guard`). It is a rule of the
game, not a defence against sabotage of one's own practice.
"""

from __future__ import annotations

import functools
import re
import sys
import types
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType
from typing import Any

import torch
from torch import nn
from torch.nn.modules.module import register_module_forward_pre_hook
from torch.optim.optimizer import register_optimizer_step_pre_hook
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

MODULE_FUNCTIONS = {
    "MultiheadAttention": "multi_head_attention_forward",
    "TransformerEncoderLayer": "multi_head_attention_forward",
    "TransformerDecoderLayer": "multi_head_attention_forward",
    "SiLU": "silu",
    "PReLU": "prelu",
    "BCELoss": "binary_cross_entropy",
    "BCEWithLogitsLoss": "binary_cross_entropy_with_logits",
    "KLDivLoss": "kl_div",
    "NLLLoss": "nll_loss",
    "MSELoss": "mse_loss",
    "CrossEntropyLoss": "cross_entropy",
}
"""Modules whose function is not the class's name in small letters (as `LayerNorm`, `layer_norm` is)."""

OPERATORS = {
    "layer_norm": ("native_layer_norm",),
    "rms_norm": ("fused_rms_norm",),
    "dropout": ("native_dropout", "alpha_dropout", "feature_dropout"),
    "softmax": ("special_softmax", "safe_softmax"),
    "log_softmax": ("special_log_softmax",),
    "logsumexp": ("special_logsumexp",),
    "cross_entropy": ("cross_entropy_loss",),
    "multi_head_attention_forward": ("native_multi_head_attention", "transformer_encoder_layer_fwd"),
    "scaled_dot_product_attention": (
        "scaled_dot_product_attention_math",
        "scaled_dot_product_flash_attention",
        "scaled_dot_product_flash_attention_for_cpu",
        "scaled_dot_product_efficient_attention",
        "scaled_dot_product_fused_attention_overrideable",
    ),
}
"""Other names under which the same computation can be called."""


class Forbidden:
    """The forbidden names of one drill, and what a candidate used of them.

    Args:
        names: dotted names such as `torch.softmax`, `torch.nn.LayerNorm`, `torch.optim.Adam`.
        filename: the learner's file, for the line of a hit.
    """

    def __init__(self, names: tuple[str, ...], filename: str):
        self._filename = filename
        self._by_function: dict[str, str] = {}
        self._by_class: dict[type, str] = {}
        for name in names:
            last = name.rpartition(".")[2]
            function = MODULE_FUNCTIONS.get(last, _snake_case(last))
            for spelling in (function, *OPERATORS.get(function, ())):
                self._by_function[spelling.strip("_")] = name
            found = _resolve(name)
            if isinstance(found, type):
                self._by_class[found] = name
        self.hits: list[dict[str, Any]] = []

    @property
    def spellings(self) -> list[str]:
        """Every name of a function or operator that is looked for."""
        return list(self._by_function)

    def see(self, spelling: str) -> None:
        """Record the use of a function or operator of that name, if it is forbidden."""
        name = self._by_function.get(spelling.partition(".")[0].strip("_"))
        if name is not None:
            self._hit(name)

    def see_object(self, used: object) -> None:
        """Record the use of a module or optimizer, if its class is forbidden."""
        for cls, name in self._by_class.items():
            if isinstance(used, cls):
                self._hit(name)

    def _hit(self, name: str) -> None:
        if all(hit["name"] != name for hit in self.hits):
            self.hits.append({"name": name, "line": self._learner_line()})

    def _learner_line(self) -> int | None:
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            if frame.f_code.co_filename == self._filename:
                return frame.f_lineno
            frame = frame.f_back
        return None

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch every torch call made inside."""
        with ExitStack() as stack:
            _watching.append(self)
            stack.callback(_watching.remove, self)
            if self._by_class:
                stack.callback(
                    register_module_forward_pre_hook(lambda module, _: self.see_object(module)).remove
                )
                hook = register_optimizer_step_pre_hook(lambda optimizer, *_: self.see_object(optimizer))
                stack.callback(hook.remove)
            if self._by_function:
                stack.enter_context(_FunctionWatch(self))
                stack.enter_context(_DispatchWatch(self))
            yield


_watching: list[Forbidden] = []
"""Those that are watching now, in whatever thread."""


def guard(names: tuple[str, ...]) -> None:
    """Replace torch's functions of these names, for the rest of this process, by ones that tell who watches.

    To be called before the candidate's file is loaded, which may take hold of them.
    """
    forbidden = Forbidden(names, "")
    for spelling in forbidden.spellings:
        for home in (torch, nn.functional, torch.special, torch.Tensor, torch._C._nn):
            function = getattr(home, spelling, None)
            if callable(function):
                setattr(home, spelling, _telling(function, lambda *_, spelling=spelling: spelling))
    for name in names:
        _guard_python_function(name)
    if forbidden.spellings:
        for kind in (torch._ops.OpOverload, torch._ops.OpOverloadPacket):
            telling = _telling(kind.__call__, lambda operator, *_: operator.__name__)
            kind.__call__ = telling  # type: ignore[method-assign]
        for compiled in (torch._C.ScriptFunction, torch._C.ScriptMethod):
            compiled.__call__ = _telling_all(compiled.__call__)  # type: ignore[method-assign]


def _guard_python_function(name: str) -> None:
    """A function that no mode sees, because it is Python that calls others: `torch.nn.init.normal_`."""
    home: Any = torch
    *path, last = name.split(".")[1:]
    for part in path:
        home = getattr(home, part, None)
    function = getattr(home, last, None)
    if isinstance(function, types.FunctionType):
        setattr(home, last, _telling(function, lambda *_: last))


def _telling(function: Callable[..., Any], spelling: Callable[..., str]) -> Callable[..., Any]:
    @functools.wraps(function)
    def telling(*args: Any, **kwargs: Any) -> Any:
        for forbidden in tuple(_watching):
            forbidden.see(spelling(*args))
        return function(*args, **kwargs)

    return telling


def _telling_all(call: Callable[..., Any]) -> Callable[..., Any]:
    """The call of a compiled function, telling every operator in it."""

    @functools.wraps(call)
    def telling(self: Any, *args: Any, **kwargs: Any) -> Any:
        for forbidden in tuple(_watching):
            for operator in re.findall(r"aten::(\w+)", str(self.graph)):
                forbidden.see(operator)
        return call(self, *args, **kwargs)

    return telling


def _snake_case(name: str) -> str:
    """`LayerNorm` → `layer_norm`, `RMSNorm` → `rms_norm`, `GELU` → `gelu`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def _resolve(name: str) -> object:
    """What a dotted name under `torch` stands for, None if nothing."""
    found: Any = torch
    for part in name.split(".")[1:]:
        found = getattr(found, part, None)
    return found if isinstance(found, type) and issubclass(found, nn.Module | torch.optim.Optimizer) else None


class _FunctionWatch(TorchFunctionMode):
    def __init__(self, forbidden: Forbidden):
        super().__init__()
        self._forbidden = forbidden

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        self._forbidden.see(getattr(func, "__name__", ""))
        return func(*args, **(kwargs or {}))


class _DispatchWatch(TorchDispatchMode):  # type: ignore[no-untyped-call]  # torch does not annotate it
    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        # True, the default, imports torch._dynamo at the first call: as slow as importing torch itself
        return False

    def __init__(self, forbidden: Forbidden):
        super().__init__()  # type: ignore[no-untyped-call]
        self._forbidden = forbidden

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        self._forbidden.see(func._overloadpacket.__name__)
        return func(*args, **(kwargs or {}))
