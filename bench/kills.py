"""`kill -9` at random moments while questions are answered: no committed answer may be lost, nothing damaged."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from llmprep.memory.settings import Settings
from llmprep.memory.store import open_store

KILLS = 1000
LONGEST_LIFE = 0.25
"""Seconds that a program lives after it has begun to answer."""
_ANSWER = """
import sys
from llmprep.memory.settings import Settings
from llmprep.memory.store import open_store
store = open_store(Settings())
number = int(sys.argv[1])
while True:
    store.record_review(f"question/{number % 500}", 1, (1, 3, 3, 4)[number % 4], {"number": number})
    if number % 7 == 0:
        store.record_event("attempt", "drill/attention", {"number": number})
    print(number, flush=True)
    number += 1
"""


def run(runs: int) -> None:
    """Kill again and again; print what was answered, what was lost, and whether the database is sound."""
    kills = max(KILLS * runs // 15, 20)
    generator = random.Random(20261123)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LLMPREP_HOME"] = folder
        reported: set[int] = set()
        damaged = 0
        following = 0
        started = time.monotonic()
        for _ in range(kills):
            reported |= _answer_until_killed(following, generator.uniform(0, LONGEST_LIFE))
            following = max(reported, default=0) + 1
        with open_store(Settings()) as store:
            kept = {event.payload["number"] for event in store.events(kind="review")}
            damaged += len(store.check())
            before = {state.card: state for state in store.states()}
            store.rebuild()
            differs = sum(before[state.card] != state for state in store.states())
        size = (Path(folder) / "progress.db").stat().st_size
    print(
        f"{kills} kills in {time.monotonic() - started:.0f} s, {len(reported)} answers reported, {size >> 10} KiB"
    )
    print(f"lost answers: {len(reported - kept)}; damage: {damaged}; cards unlike the log: {differs}")


def _answer_until_killed(first: int, seconds: float) -> set[int]:
    """Start a program that answers from number `first` on; the numbers it had reported when it was killed."""
    command = [sys.executable, "-c", _ANSWER, str(first)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        begun = program.stdout.readline()
        time.sleep(seconds)
        program.kill()
        lines = begun + program.stdout.read()
    return {int(line) for line in lines.splitlines(keepends=True) if line.endswith("\n")}
