"""What a candidate prints: a few thousand bytes of it, sent on line by line."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, TextIO

MAX_PRINTED = 8000


def printing_to(send: Callable[[bytes], object]) -> TextIO:
    """A text stream that hands on the first few thousand bytes, line by line, and drops the rest."""
    return io.TextIOWrapper(io.BufferedWriter(_Sink(send)), "utf-8", "replace", line_buffering=True)


class _Sink(io.RawIOBase):
    def __init__(self, send: Callable[[bytes], object]):
        super().__init__()
        self._send = send
        self._left = MAX_PRINTED

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        kept = bytes(data[: self._left])
        self._left -= len(kept)
        if kept:
            self._send(kept)
        return len(data)
