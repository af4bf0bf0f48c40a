"""A spare interpreter: torch imported in advance, one request served, then the end (macOS, Windows)."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Warm up, learn the role from the first byte, serve."""
    reader = os.fdopen(os.dup(0), "rb")
    writer = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    from llmprep.judge.channel import Channel
    from llmprep.judge.processes import READY
    from llmprep.judge.zygote import warm_up

    warm_up()
    writer.write(READY)
    writer.flush()
    role = reader.read(1)
    channel = Channel(reader, writer)
    if role == b"W":
        from llmprep.judge.worker import work

        work(channel, None)
    elif role == b"R":
        from llmprep.judge.referee import referee

        referee(channel)
    sys.exit(0)
