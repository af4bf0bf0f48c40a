"""Units as the field writes them: binary for memory, decimal for counts.

`B` is a billion here (as in "7B parameters"), never a byte.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

KiB: Final = 2.0**10
MiB: Final = 2.0**20
GiB: Final = 2.0**30

K: Final = 1e3
M: Final = 1e6
B: Final = 1e9
T: Final = 1e12

SECONDS_PER_DAY: Final = 86_400.0

CONSTANTS: Mapping[str, float] = MappingProxyType(
    {"KiB": KiB, "MiB": MiB, "GiB": GiB, "K": K, "M": M, "B": B, "T": T}
)
"""The names that expressions of questions may use."""
