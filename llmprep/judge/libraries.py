"""Libraries beside torch that a drill is written with."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterable


def missing(requires: Iterable[str]) -> list[str]:
    """Those that cannot be imported here; nothing is imported to find out."""
    return [name for name in requires if importlib.util.find_spec(name) is None]


def make_ready(requires: Iterable[str]) -> None:
    """Import them, before the walls close and before anyone waits."""
    for name in requires:
        importlib.import_module(name)
