"""A drill without a terminal: the learner's file, the grades, the hints, and what they do to the schedule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from llmprep.content.catalogue import Catalogue
from llmprep.content.items import Drill, Mistake, Notes
from llmprep.judge.client import DrillFiles, Judge
from llmprep.judge.libraries import missing
from llmprep.judge.verdict import Verdict
from llmprep.memory.home import learner_home, make_folder, practice_folder
from llmprep.memory.problems import from_os_error
from llmprep.memory.records import Rating, Reviewed
from llmprep.memory.store import Store
from llmprep.practice.path import learning_path

PREFIX = "drill/"
MAX_SOURCE_BYTES = 1 << 20


@dataclass(frozen=True)
class PracticeFile:
    """The learner's file of one drill. What they wrote is never overwritten: a reset keeps a backup."""

    path: Path
    created: bool = False
    backup: Path | None = None

    def read(self) -> bytes:
        """The file as it is now; an oversized one is cut, and then fails as what it is."""
        try:
            with self.path.open("rb") as file:
                return file.read(MAX_SOURCE_BYTES)
        except OSError as error:
            raise from_os_error(error, self.path) from error


def open_practice_file(catalogue: Catalogue, name: str) -> PracticeFile:
    """The learner's file of a drill, copied from its stub the first time."""
    path = make_folder(practice_folder()) / f"{name.replace('-', '_')}.py"
    stub = stub_of(catalogue, name)
    try:
        with path.open("xb") as file:
            file.write(stub)
    except FileExistsError:
        return PracticeFile(path)
    except OSError as error:
        raise from_os_error(error, path) from error
    return PracticeFile(path, created=True)


def reset_practice_file(catalogue: Catalogue, name: str, store: Store) -> PracticeFile:
    """Put the stub back; what was written stays beside it as `.bak`, numbered if there are several."""
    path = practice_folder() / f"{name.replace('-', '_')}.py"
    backup: Path | None = None
    if path.exists() and path.read_bytes() != stub_of(catalogue, name):
        day = store.clock.today().isoformat()
        numbered = (
            path.with_suffix(f".{day}{suffix}.bak") for suffix in ("", *(f"-{n}" for n in range(2, 1000)))
        )
        backup = next(candidate for candidate in numbered if not candidate.exists())
    try:
        if path.exists():
            path.replace(backup) if backup is not None else path.unlink()
    except OSError as error:
        raise from_os_error(error, path) from error
    return PracticeFile(open_practice_file(catalogue, name).path, True, backup)


def stub_of(catalogue: Catalogue, name: str) -> bytes:
    """What a learner begins with."""
    return (catalogue.root_of_drill(name) / "drills" / name / "stub.py").read_bytes()


def drill_files(catalogue: Catalogue, name: str) -> DrillFiles:
    """A drill as the judge needs it."""
    return DrillFiles.of(catalogue.root_of_drill(name), name, catalogue.drill(name), catalogue.mistakes(name))


def make_judge(catalogue: Catalogue) -> Judge:
    """A judge from whose workers content and the learner's folder are hidden."""
    return Judge(hidden=(catalogue.root, *catalogue.own, learner_home()))


def next_drill(catalogue: Catalogue, store: Store, opened: Sequence[str] = ()) -> str | None:
    """The drill to do next: one that is due, else the first of the learning path that was not yet passed.

    Drills written with a library that is not installed are left out.

    Args:
        opened: drills of this sitting, the present one last: they come again only when no other is left,
            and the present one never.
    """
    due = [card.card.removeprefix(PREFIX) for card in store.due(PREFIX, store.clock.end_of_today())]
    drills = {name: drill for name, drill in catalogue.drills().items() if not missing(drill.requires)}
    path = learning_path(drills)
    fresh = store.unseen((PREFIX + name, drills[name].revision) for name in path)
    waiting = [name for name in due if name in drills]
    waiting += [card.removeprefix(PREFIX) for card in fresh]
    others = (name for name in waiting if name not in opened)
    again = (name for name in opened[:-1] if name in waiting and name != opened[-1])
    return next(chain(others, again), None)


@dataclass
class DrillSession:
    """One sitting with one drill."""

    name: str
    drill: Drill
    mistakes: tuple[Mistake, ...]
    notes: Notes | None
    file: PracticeFile
    store: Store
    files: DrillFiles
    hints_shown: int = 0
    attempts: int = 0
    passed: bool = False
    gave_up: bool = False
    reviewed: Reviewed | None = None
    verdict: Verdict | None = None

    @classmethod
    def begin(cls, catalogue: Catalogue, store: Store, name: str, reset: bool = False) -> DrillSession:
        """Open a drill and its practice file."""
        file = reset_practice_file(catalogue, name, store) if reset else open_practice_file(catalogue, name)
        notes = catalogue.notes(name) if catalogue.has("notes", name) else None
        store.record_event("visit", PREFIX + name, {})
        return cls(
            name,
            catalogue.drill(name),
            catalogue.mistakes(name),
            notes,
            file,
            store,
            drill_files(catalogue, name),
        )

    @property
    def card(self) -> str:
        return PREFIX + self.name

    def grade(self, judge: Judge, source: bytes, seed: int | None = None) -> Verdict:
        """Grade the file's text and log the attempt; the first pass of a sitting is a review of the card."""
        verdict = self.judged(judge, source, seed)
        self.record(verdict)
        return verdict

    def judged(self, judge: Judge, source: bytes, seed: int | None = None) -> Verdict:
        """Only the grading, which may run on another thread than the store's."""
        return judge.grade(self.files, source, str(self.file.path), seed)

    def record(self, verdict: Verdict) -> None:
        """Log an attempt; the first pass of a sitting is a review of the card."""
        self.verdict = verdict
        self.attempts += 1
        payload: dict[str, Any] = {
            "passed": verdict.passed,
            "seed": verdict.seed,
            "seconds": round(verdict.seconds, 3),
            "attempt": self.attempts,
            "hints": self.hints_shown,
            "mistakes": list(verdict.diagnosis.mistakes) if verdict.diagnosis else [],
        }
        self.store.record_event("attempt", self.card, payload)
        if verdict.passed:
            self.passed = True
            self._review(2 if self.hints_shown else 3)

    def hint(self) -> int | None:
        """Show one more hint: its index, or None when all are shown."""
        if self.hints_shown >= len(self.drill.hints):
            return None
        self.hints_shown += 1
        return self.hints_shown - 1

    def give_up(self) -> None:
        """Forgo the drill for today: the solution may be seen, and the card counts as forgotten."""
        self.gave_up = True
        if not self.passed:
            self._review(1)

    def may_see_solution(self) -> bool:
        """Solutions are earned: by a pass, or by giving up."""
        return self.passed or self.gave_up

    def solution(self) -> str:
        """The reference's text."""
        return (self.files.solution / "reference.py").read_text(encoding="utf-8")

    def _review(self, rating: Rating) -> None:
        if self.reviewed is None:
            payload = {"attempts": self.attempts, "hints": self.hints_shown, "gave_up": self.gave_up}
            self.reviewed = self.store.record_review(self.card, self.drill.revision, rating, payload)
