"""What a computation costs: largest tensor, peak bytes, FLOPs, operator calls.

Measured through PyTorch's dispatch mode, so it depends on what was computed and never on the clock.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any

import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils.flop_counter import flop_registry


class CostMode(TorchDispatchMode):  # type: ignore[no-untyped-call]  # torch does not annotate it
    """Counts newly allocated storages while they live, FLOPs of matrix products, and operator calls."""

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        # True, the default, imports torch._dynamo at the first call: as slow as importing torch itself
        return False

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.largest = 0
        self.peak = 0
        self.flops = 0
        self.operators = 0
        self._alive = 0
        self._known: dict[int, int] = {}

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kwargs = kwargs or {}
        before = {storage._cdata for storage in _storages((args, kwargs))}
        out = func(*args, **kwargs)
        self.operators += 1
        formula = flop_registry.get(func._overloadpacket)
        if formula is not None:
            self.flops += int(formula(*args, **kwargs, out_val=out))
        for storage in _storages(out):
            key = storage._cdata
            if key not in before and key not in self._known:
                self._track(storage, key)
        return out

    def _track(self, storage: torch.UntypedStorage, key: int) -> None:
        size = storage.nbytes()
        self._known[key] = size
        self._alive += size
        self.largest = max(self.largest, size)
        self.peak = max(self.peak, self._alive)
        weakref.finalize(storage, self._forget, key)

    def _forget(self, key: int) -> None:
        self._alive -= self._known.pop(key, 0)


def _storages(tree: Any) -> list[torch.UntypedStorage]:
    if isinstance(tree, torch.Tensor):
        return [tree.untyped_storage()]
    if isinstance(tree, tuple | list):
        return [storage for element in tree for storage in _storages(element)]
    if isinstance(tree, dict):
        return [storage for element in tree.values() for storage in _storages(element)]
    return []


def measure(function: Callable[[], Any]) -> dict[str, int]:
    """Run `function` and return `largest` and `peak` (bytes newly allocated), `flops`, `operators`."""
    mode = CostMode()
    with mode:
        result = function()
    del result
    return {"largest": mode.largest, "peak": mode.peak, "flops": mode.flops, "operators": mode.operators}
