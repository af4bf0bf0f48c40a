"""What an argument looked like before a call, to see afterwards whether the call changed it."""

from __future__ import annotations

from typing import Any

from torch import Tensor

MAX_DEPTH = 16


def snapshot(value: Any, depth: int = 0) -> Any:
    """A copy of everything in tensors, lists and dicts; of other objects only which one it is."""
    if isinstance(value, Tensor):
        return value.detach().clone()
    if isinstance(value, tuple | list) and depth < MAX_DEPTH:
        return [(element, snapshot(element, depth + 1)) for element in value]
    if isinstance(value, dict) and depth < MAX_DEPTH:
        return {key: (element, snapshot(element, depth + 1)) for key, element in value.items()}
    return value


def changed(value: Any, earlier: Any) -> bool:
    """Whether `value` no longer is what `snapshot` saw."""
    if isinstance(value, Tensor):
        return not _identical(value.detach(), earlier)
    if isinstance(value, tuple | list) and isinstance(earlier, list):
        if len(value) != len(earlier):
            return True
        pairs = zip(value, earlier, strict=True)
        return any(_moved(new, old, seen) for new, (old, seen) in pairs)
    if isinstance(value, dict) and isinstance(earlier, dict):
        if value.keys() != earlier.keys():
            return True
        return any(_moved(value[key], old, seen) for key, (old, seen) in earlier.items())
    return False


def _moved(new: Any, old: Any, seen: Any) -> bool:
    """Whether an element was replaced by another, or changed itself."""
    if _plain(old):
        return new is not old and (type(new) is not type(old) or new != old)
    return new is not old or changed(new, seen)


def _plain(value: Any) -> bool:
    return value is None or isinstance(value, bool | int | float | str | bytes)


def _identical(left: Tensor, right: Tensor) -> bool:
    if left.shape != right.shape or left.dtype != right.dtype:
        return False
    same = left == right
    if left.is_floating_point() or left.is_complex():
        same |= left.isnan() & right.isnan()
    return bool(same.all())
