"""A watch session of many saves leaves nothing behind: no process, no open file, no growing memory."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from llmprep.judge.client import Judge

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="counted through /proc")

CANDIDATES = (
    b"def scale(x):\n    return x * 2\n",
    b"def scale(x):\n    return x * 3\n",
    b"import os\ndef scale(x):\n    os._exit(1)\n",
    b"def scale(x)\n",
)
GROWTH = 8 << 10
"""KiB that memory may differ by for other reasons than a leak; a leaked process or tensor is far more."""


def test_forty_saves_leave_what_four_left(scale):
    outside = descendants()
    with Judge() as judge:
        save(judge, scale, 4)
        before, memory = descendants(), resident()
        files = open_files()
        save(judge, scale, 40)
        assert len(descendants()) == len(before)
        assert open_files() == files
        assert resident() - memory < GROWTH
        started = descendants() - outside
        assert started
    assert not started & descendants()


def save(judge: Judge, drill, times: int) -> None:
    for number in range(times):
        judge.prepare(drill)
        judge.grade(drill, CANDIDATES[number % len(CANDIDATES)], "answer.py")
    judge.prepare(drill)


def descendants() -> set[int]:
    """This process and all that come from it."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
    found = [os.getpid()]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return set(found)


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def resident() -> int:
    """KiB of this process."""
    status = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
