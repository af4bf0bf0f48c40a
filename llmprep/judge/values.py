"""What a probe returned, reduced to what can be compared and sent: plain structure around dense tensors.

A candidate may return anything: itself nested a thousand times, a tensor of a gigabyte that is one number
expanded, an object that lies about its type. Everything is bounded before it is copied.
"""

from __future__ import annotations

import numbers
from typing import Any

import torch
from torch import Tensor

MAX_DEPTH = 24
MAX_ELEMENTS = 20_000
MAX_TEXT = 100_000
MAX_BITS = 64
MAX_BYTES = 64 << 20

COMPARABLE_DTYPES = frozenset(
    {
        torch.float64,
        torch.float32,
        torch.bfloat16,
        torch.float16,
        torch.float8_e4m3fn,
        torch.float8_e5m2,
        torch.int64,
        torch.int32,
        torch.int16,
        torch.int8,
        torch.uint8,
        torch.bool,
        torch.complex64,
        torch.complex128,
    }
)


def canonical(value: Any) -> Any:
    """The value as plain lists, dicts with string keys, dense tensors, numbers, strings and None.

    Tensors are copied, so that what the candidate does to its buffers later changes nothing. What cannot
    be compared becomes `{"$odd": "what it is"}`, which equals nothing.

    Raises:
        Exception: whatever a hostile object raises when it is looked at.
    """
    try:
        return _Reduction().of(value, ())
    except _TooMuchError:
        return _odd(f"more than {MAX_ELEMENTS} values")


def is_odd(value: Any) -> bool:
    """Whether `canonical` found something that cannot be compared."""
    return isinstance(value, dict) and "$odd" in value


def odd_parts(value: Any) -> list[str]:
    """What cannot be compared in a canonical value, wherever it stands."""
    if is_odd(value):
        return [str(value["$odd"])]
    if isinstance(value, list | dict):
        elements = value.values() if isinstance(value, dict) else value
        return [part for element in elements for part in odd_parts(element)]
    return []


class _TooMuchError(Exception):
    """The allowance of elements is used up."""


class _Reduction:
    """One value's way through `canonical`, with what is left of its allowance."""

    def __init__(self) -> None:
        self._elements = MAX_ELEMENTS
        self._bytes = MAX_BYTES

    def of(self, value: Any, above: tuple[int, ...]) -> Any:
        """Reduce `value`, which lies inside the containers whose ids are `above`."""
        self._elements -= 1
        if self._elements < 0:
            raise _TooMuchError
        if value is None or type(value) is bool:
            return value
        if isinstance(value, Tensor):
            return self._dense(value)
        if isinstance(value, str):
            return (
                str.__str__(value) if len(value) <= MAX_TEXT else _odd(f"a string of {len(value)} characters")
            )
        if isinstance(value, bytes | bytearray):
            return {"$bytes": repr(bytes(value[:MAX_TEXT]))}
        if isinstance(value, numbers.Number):
            return _number(value)
        if isinstance(value, tuple | list | dict):
            return self._container(value, above)
        return str(value) if isinstance(value, torch.dtype) else _odd(type(value).__name__)

    def _container(self, value: Any, above: tuple[int, ...]) -> Any:
        if id(value) in above:
            return _odd("something that contains itself")
        if len(above) >= MAX_DEPTH:
            return _odd("something nested too deeply")
        if len(value) > self._elements:
            raise _TooMuchError
        inside = (*above, id(value))
        if not isinstance(value, dict):
            return [self.of(element, inside) for element in list(value)]
        named = {_key(key): self.of(element, inside) for key, element in list(value.items())}
        return named if len(named) == len(value) else _odd("a dict whose keys look alike")

    def _dense(self, tensor: Tensor) -> Any:
        with torch._C.DisableTorchFunctionSubclass():  # a subclass must not answer for itself
            if tensor.layout != torch.strided or tensor.device.type != "cpu" or tensor.is_quantized:
                return _odd(f"a {str(tensor.layout).removeprefix('torch.')} tensor on {tensor.device.type}")
            if tensor.dtype not in COMPARABLE_DTYPES:
                return _odd(f"a tensor of {tensor.dtype}")
            plain = Tensor.as_subclass(Tensor.detach(tensor), Tensor)
            shape = tuple(plain.shape)
            self._bytes -= plain.numel() * plain.element_size()
            if self._bytes < 0:
                return _odd(f"a tensor of shape {shape}, too large to look at")
            return plain.resolve_conj().resolve_neg().clone(memory_format=torch.contiguous_format)


def _number(value: Any) -> Any:
    """Python's, NumPy's and other numbers as int or float."""
    if isinstance(value, numbers.Integral):
        plain = int(value)
        return plain if plain.bit_length() <= MAX_BITS else _odd(f"an integer of {plain.bit_length()} bits")
    if isinstance(value, numbers.Real):
        return float(value)
    return _odd("a complex number" if isinstance(value, numbers.Complex) else type(value).__name__)


def _key(key: Any) -> str:
    if isinstance(key, str):
        return str.__str__(key)[:MAX_TEXT]
    return repr(_number(key) if isinstance(key, numbers.Number) else key)[:MAX_TEXT]


def _odd(what: str) -> dict[str, str]:
    return {"$odd": what}
