"""A spare interpreter: torch imported in advance, one request served, then the end (macOS, Windows)."""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import Any

WATCH_SECONDS = 0.5


def main(arguments: dict[str, Any]) -> None:
    """Warm up, learn the role from the first byte, serve."""
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    reader = os.fdopen(os.dup(0), "rb")
    writer = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(null, standard)
    from llmprep.judge.channel import Channel
    from llmprep.judge.referee import referee
    from llmprep.judge.warmth import exercise
    from llmprep.judge.worker import work

    exercise()
    role = reader.read(1)
    os.dup2(null, 2)  # from here on a candidate may write to it
    os.close(null)
    channel = Channel(reader, writer)
    if role == b"W":
        work(channel, None)
    elif role == b"R":
        referee(channel)
    sys.exit(0)


def _end_with(parent: int) -> None:
    """End this process, whatever it is doing, when the program that started it has ended."""
    while os.getppid() == parent:
        time.sleep(WATCH_SECONDS)
    os._exit(1)
