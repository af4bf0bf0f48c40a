"""Proves drills in processes of their own, several at a time: `python -m llmprep.judge.audit NAME --json`."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from llmprep.content.problems import Problem

LONGEST_SECONDS = 1_800.0
"""A proof that takes longer hangs: some file of the drill loops for ever."""
_MISTAKE = re.compile(r"mistake '([^']+)'")
_PROBE = re.compile(r"in probe ([\w-]+)")
_OF_LINE = re.compile(r"line (\d+): (.*)", re.DOTALL)


@dataclass(frozen=True)
class Proof:
    """What running a drill showed; `alike` are mistakes that no probe tells apart."""

    drill: str
    problems: list[Problem]
    probes: int = 0
    mistakes: int = 0
    named: int = 0
    valid: int = 0
    seconds: float = 0.0
    alike: list[tuple[str, str]] = field(default_factory=list)


def default_jobs() -> int:
    """As many as there are processors for this process."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def prove(
    root: Path, drills: Sequence[str], seeds: int, jobs: int, begun: Callable[[str], None]
) -> Iterator[Proof]:
    """The proofs as they end; `begun` is told when one starts, from another thread."""
    processes = _Processes()
    pool = ThreadPoolExecutor(max(jobs, 1))
    try:
        waiting = [pool.submit(_prove_one, root, drill, seeds, processes, begun) for drill in drills]
        for done in as_completed(waiting):
            yield done.result()
    finally:  # also when the caller is interrupted
        pool.shutdown(wait=False, cancel_futures=True)
        processes.end()


class _Processes:
    """What is running, so that nothing is left behind."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[str]] = set()
        self._ended = False

    def run(self, arguments: Sequence[str], environment: dict[str, str]) -> tuple[int, str, str]:
        """Exit status and both outputs.

        Raises:
            subprocess.TimeoutExpired: it took longer than `LONGEST_SECONDS`.
        """
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=Path(__file__)
            .resolve()
            .parent.parent.parent,  # there `llmprep` is found, and no file of an author
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
        )
        with self._lock:
            self._running.add(process)
            if self._ended:
                process.kill()
        try:
            output, complaint = process.communicate(timeout=LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise
        finally:
            with self._lock:
                self._running.discard(process)
        return process.returncode, output, complaint

    def end(self) -> None:
        """Kill what is running and whatever is just being started."""
        with self._lock:
            self._ended = True
            for process in self._running:
                process.kill()


def _prove_one(
    root: Path, drill: str, seeds: int, processes: _Processes, begun: Callable[[str], None]
) -> Proof:
    begun(drill)
    arguments = ["-m", "llmprep.judge.audit", drill, "--seeds", str(seeds), "--json"]
    environment = os.environ | {
        "LLMPREP_CONTENT": str(root),
        "OMP_NUM_THREADS": "1",
        "PYTHONIOENCODING": "utf-8",
    }
    try:
        status, output, complaint = processes.run(arguments, environment)
    except subprocess.TimeoutExpired:
        message = f"the proof did not end within {LONGEST_SECONDS / 60:.0f} minutes"
        return _failed(root, drill, message, "look for a loop that does not end")
    reports = [line for line in output.splitlines() if line.startswith("{")]
    if not reports:
        last = complaint.strip().splitlines()[-1:] or [f"exit status {status}"]
        mend = f"`python -m llmprep.judge.audit {drill}` shows where"
        return _failed(root, drill, f"the proof broke off: {last[0]}", mend)
    return _proof(root, json.loads(reports[-1]))


def _failed(root: Path, drill: str, message: str, mend: str) -> Proof:
    return Proof(drill, [Problem(root / "drills" / drill / "probes.py", 1, message, mend)])


def _proof(root: Path, report: dict[str, Any]) -> Proof:
    return Proof(
        report["drill"],
        [_problem(root, **finding) for finding in report["findings"]],
        report["probes"],
        report["mistakes"],
        report["named"],
        report["valid"],
        report["seconds"],
        [(first, second) for first, second in report["alike"]],
    )


def _problem(root: Path, file: str, message: str, mend: str) -> Problem:
    """A finding of the audit with the line it is about, as far as its words tell."""
    path = root / file
    of_line = _OF_LINE.fullmatch(message)
    if of_line:
        return Problem(path, int(of_line[1]), of_line[2], mend)
    line = 1
    mistake, probe = _MISTAKE.search(message), _PROBE.search(message)
    if mistake and path.suffix == ".yaml":
        line = _line_of(path, rf"[-\s{{]*id:\s*['\"]?{re.escape(mistake[1])}\b")
    elif probe and path.name == "probes.py":
        line = _line_of(path, rf"def {probe[1].replace('-', '_')}\(")
    return Problem(path, line, message, mend)


def _line_of(path: Path, pattern: str) -> int:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return 1
    return next((number for number, line in enumerate(lines, start=1) if re.match(pattern, line)), 1)
