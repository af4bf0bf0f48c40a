"""Timing on noisy machines: things to compare are run in turn, and medians are compared."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping


def interleaved(things: Mapping[str, Callable[[], None]], runs: int) -> dict[str, float]:
    """The median seconds of each thing over `runs` rounds, after one round that is not counted."""
    times: dict[str, list[float]] = {name: [] for name in things}
    for round_number in range(runs + 1):
        for name, thing in things.items():
            began = time.perf_counter()
            thing()
            if round_number:
                times[name].append(time.perf_counter() - began)
    return {name: statistics.median(values) for name, values in times.items()}


def report(medians: Mapping[str, float], base: str, goals: Mapping[str, float]) -> None:
    """Print each median, its ratio to `base`, and the goal for that ratio."""
    for name, seconds in medians.items():
        ratio = seconds / medians[base]
        goal = f"  goal ≤ {goals[name]}×" if name in goals else ""
        mark = "" if name not in goals else ("  ok" if ratio <= goals[name] else "  MISSED")
        print(f"{name:44} {seconds * 1000:8.1f} ms  {ratio:5.2f}×{goal}{mark}")
