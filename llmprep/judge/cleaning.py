"""Makes what came from a candidate safe to show: text for a terminal, numbers for JSON."""

from __future__ import annotations

import math
import re
from typing import Any

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters: they move cursors and rename windows
    # invisible, or reversing the direction of text
    "\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
    "\ud800-\udfff]"  # lone surrogates: no encoding takes them
)


def clean(value: Any) -> Any:
    """The same structure with unsafe characters replaced and infinite numbers spelled."""
    if isinstance(value, str):
        return _UNSAFE.sub("\ufffd", value.replace("\r\n", "\n"))
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, list | tuple):
        return [clean(element) for element in value]
    if isinstance(value, dict):
        return {clean(str(key)): clean(element) for key, element in value.items()}
    return value
