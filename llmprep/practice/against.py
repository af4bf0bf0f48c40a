"""A learner's file beside a library's implementation of the same thing, without a terminal."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LIBRARIES = {"hf": ("transformers", "sentence_transformers", "tokenizers", "peft"), "torch": ("torch",)}
"""What a learner calls a library, and the packages behind it."""
SEED = 0


@dataclass(frozen=True)
class ComparedPlace:
    """One output: shapes and the largest difference; `error` is None where they cannot be subtracted."""

    name: str
    ours: tuple[int, ...]
    theirs: tuple[int, ...]
    error: float | None
    equal: bool


@dataclass(frozen=True)
class Comparison:
    """What became of it.

    Attributes:
        missing: the package that is not installed; then nothing else is known.
        failed: what the file or the library raised (`type`, `message`, perhaps `line` and `code`).
    """

    counterpart: str = ""
    version: str = ""
    places: tuple[ComparedPlace, ...] = ()
    missing: str | None = None
    failed: dict[str, Any] | None = None

    @property
    def equal(self) -> bool:
        """Whether everything was compared and agrees."""
        return bool(self.places) and self.failed is None and all(place.equal for place in self.places)


def against_file(root: Path, drill: str) -> Path | None:
    """The file that knows the drill's counterpart; None where there is none."""
    path = root / "solutions" / drill / "against.py"
    return path if path.is_file() else None


def libraries(root: Path) -> dict[str, str]:
    """The drills with a counterpart → what a learner calls its library."""
    found = {}
    for path in sorted((root / "solutions").glob("*/against.py")):
        found[path.parent.name] = called(path)
    return found


def called(path: Path) -> str:
    """What a learner calls the library of an `against.py`, read from its line `COUNTERPART = "…"`."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("COUNTERPART"):
            package = line.partition('"')[2].partition(".")[0]
            return next((name for name, packages in LIBRARIES.items() if package in packages), package)
    return ""


def compare_with_library(against: Path, file: Path) -> Comparison:
    """Run both in a process of their own and read what it says; the learner may interrupt it."""
    command = [sys.executable, "-P", "-m", "llmprep.judge.against", str(file), str(against), str(SEED)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    if not lines:
        said = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
        return Comparison(failed={"type": "", "message": said[-1]})
    head, *rest = lines
    if "missing" in head:
        return Comparison(missing=head["missing"])
    return Comparison(
        head["counterpart"],
        head["version"],
        tuple(_place(line) for line in rest if "place" in line),
        failed=next((line["failed"] for line in rest if "failed" in line), None),
    )


def _place(line: dict[str, Any]) -> ComparedPlace:
    place = line["place"]
    return ComparedPlace(
        place["name"], tuple(place["ours"]), tuple(place["theirs"]), place["error"], line["equal"]
    )
