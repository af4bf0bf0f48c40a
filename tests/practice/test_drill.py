"""A sitting with a drill: the learner's file is never overwritten, the schedule follows what was done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from llmprep.content.catalogue import Catalogue
from llmprep.judge.verdict import Diagnosis, Verdict
from llmprep.memory.problems import MemoryProblem
from llmprep.memory.store import Store
from llmprep.practice.drill import (
    MAX_SOURCE_BYTES,
    DrillSession,
    make_judge,
    next_drill,
    open_practice_file,
    reset_practice_file,
)

Move = Callable[[str], None]
STUB = "def double(x):\n    raise NotImplementedError\n"


@pytest.fixture
def session(catalogue: Catalogue, store: Store) -> DrillSession:
    """A sitting with `double`."""
    return DrillSession.begin(catalogue, store, "double")


def verdict(passed: bool, mistakes: tuple[str, ...] = ()) -> Verdict:
    """What a judge might have said."""
    named = Diagnosis(mistakes, False, 1, 1) if mistakes else None
    return Verdict("double", passed, 7, 0.0421, (), named)


# ------------------------------------------------------------------ the file


def test_the_stub_is_copied_once_and_never_over_what_was_written(
    catalogue: Catalogue, store: Store, learner: Path
) -> None:
    first = open_practice_file(catalogue, "four-fold")
    assert first.created
    assert first.path == learner / "practice" / "four_fold.py"
    assert "def four_fold" in first.path.read_text(encoding="utf-8")
    first.path.write_text("mine", encoding="utf-8")
    second = open_practice_file(catalogue, "four-fold")
    assert (second.created, second.read()) == (False, b"mine")
    assert DrillSession.begin(catalogue, store, "four-fold").file.read() == b"mine"


def test_a_reset_keeps_every_version_beside_it(catalogue: Catalogue, store: Store, at: Move) -> None:
    file = open_practice_file(catalogue, "double")
    backups = []
    for text in ("one", "two", "three"):
        file.path.write_text(text, encoding="utf-8")
        reset = reset_practice_file(catalogue, "double", store)
        assert reset.read().decode() == STUB
        backups.append(reset.backup)
    names = ["double.2026-11-22.bak", "double.2026-11-22-2.bak", "double.2026-11-22-3.bak"]
    assert [backup.name for backup in backups if backup] == names
    assert [backup.read_text(encoding="utf-8") for backup in backups if backup] == ["one", "two", "three"]

    at("2026-11-23T03:00")  # still the same evening
    file.path.write_text("four", encoding="utf-8")
    fourth = reset_practice_file(catalogue, "double", store).backup
    at("2026-11-23T05:00")
    file.path.write_text("five", encoding="utf-8")
    fifth = reset_practice_file(catalogue, "double", store).backup
    assert fourth is not None and fourth.name == "double.2026-11-22-4.bak"
    assert fifth is not None and fifth.name == "double.2026-11-23.bak"


def test_a_reset_of_an_untouched_stub_leaves_no_backup(
    catalogue: Catalogue, store: Store, learner: Path
) -> None:
    assert reset_practice_file(catalogue, "double", store).read().decode() == STUB  # also when there was none
    open_practice_file(catalogue, "double")
    assert reset_practice_file(catalogue, "double", store).backup is None
    assert [path.name for path in (learner / "practice").iterdir()] == ["double.py"]


def test_a_file_is_read_up_to_a_limit(session: DrillSession) -> None:
    session.file.path.write_bytes(b"#" * (MAX_SOURCE_BYTES + 5))
    assert len(session.file.read()) == MAX_SOURCE_BYTES


def test_a_file_that_is_gone_is_a_problem_with_its_path(session: DrillSession) -> None:
    session.file.path.unlink()
    with pytest.raises(MemoryProblem) as raised:
        session.file.read()
    assert raised.value.path == session.file.path


def test_a_home_that_cannot_be_made_is_named(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    monkeypatch.setenv("LLMPREP_HOME", str(tmp_path / "taken" / "home"))
    with pytest.raises(MemoryProblem) as raised:
        open_practice_file(catalogue, "double")
    assert raised.value.kind == "home-unwritable"


# ------------------------------------------------------------------ ratings


def test_a_pass_at_the_first_try_is_good(session: DrillSession, store: Store) -> None:
    session.record(verdict(True))
    [review] = store.events("drill/", "review")
    assert (review.card, review.rating) == ("drill/double", 3)
    assert review.payload == {"attempts": 1, "hints": 0, "gave_up": False}
    assert session.may_see_solution()


def test_hints_make_it_hard(session: DrillSession, store: Store) -> None:
    assert [session.hint() for _ in range(5)] == [0, 1, 2, 3, None]
    session.record(verdict(False, ("no-one",)))
    session.record(verdict(True))
    [review] = store.events("drill/", "review")
    assert (review.rating, review.payload["hints"], review.payload["attempts"]) == (2, 4, 2)
    attempts = [event.payload for event in store.events("drill/", "attempt")]
    assert [(found["passed"], found["mistakes"]) for found in attempts] == [(False, ["no-one"]), (True, [])]
    assert attempts[0]["seed"] == 7 and attempts[0]["seconds"] == 0.042


def test_failing_alone_schedules_nothing(session: DrillSession, store: Store) -> None:
    for _ in range(3):
        session.record(verdict(False))
    assert store.state("drill/double") is None
    assert session.attempts == 3 and not session.may_see_solution()


def test_giving_up_is_a_lapse_and_opens_the_solution(catalogue: Catalogue, store: Store, at: Move) -> None:
    at("2026-10-01T20:00")
    DrillSession.begin(catalogue, store, "double").record(verdict(True))
    at("2026-11-22T20:00")
    session = DrillSession.begin(catalogue, store, "double")
    assert not session.may_see_solution()
    session.give_up()
    assert session.may_see_solution()
    assert session.solution() == "def double(x):\n    return 2 * x + 1\n"
    state = store.state("drill/double")
    assert state is not None and (state.lapses, state.reps) == (1, 2)
    assert state.interval.days >= 1
    session.record(verdict(True))  # copied from the solution: no second review in the sitting
    assert [event.rating for event in store.events("drill/", "review")] == [3, 1]


def test_only_the_first_pass_of_a_sitting_counts(session: DrillSession, store: Store) -> None:
    session.record(verdict(True))
    session.record(verdict(False))
    session.record(verdict(True))
    session.give_up()
    assert [event.rating for event in store.events("drill/", "review")] == [3]
    assert len(list(store.events("drill/", "attempt"))) == 3


def test_the_judge_grades_what_the_file_says(
    session: DrillSession, catalogue: Catalogue, store: Store
) -> None:
    """One real judge: right, wrong by a known mistake, and not written yet."""
    with make_judge(catalogue) as judge:
        unwritten = session.grade(judge, session.file.read(), seed=1)
        wrong = session.grade(judge, b"def double(x):\n    return 2 * x\n", seed=2)
        right = session.grade(judge, b"def double(x):\n    return x + x + 1\n", seed=3)
    assert unwritten.first_failure is not None and unwritten.first_failure.problem == "missing"
    assert wrong.diagnosis is not None and wrong.diagnosis.mistakes == ("no-one",)
    assert right.passed and right.seed == 3
    assert [event.payload["seed"] for event in store.events("drill/", "attempt")] == [1, 2, 3]


# ------------------------------------------------------------------ which comes next


def test_drills_come_in_their_order_and_those_due_first(catalogue: Catalogue, store: Store, at: Move) -> None:
    assert next_drill(catalogue, store) == "double"
    DrillSession.begin(catalogue, store, "double").record(verdict(True))
    assert next_drill(catalogue, store) == "treble"
    at("2027-01-22T20:00")
    assert next_drill(catalogue, store) == "double"


def test_next_passes_over_what_was_opened_in_this_sitting(catalogue: Catalogue, store: Store) -> None:
    assert next_drill(catalogue, store, ["double"]) == "treble"
    assert next_drill(catalogue, store, ["double", "treble"]) == "four-fold"
    assert next_drill(catalogue, store, ["double", "treble", "four-fold"]) == "double"
    assert next_drill(catalogue, store, ["treble", "four-fold", "double"]) == "treble"


def test_none_is_left_when_all_are_passed(catalogue: Catalogue, store: Store) -> None:
    for name in ("double", "treble", "four-fold"):
        DrillSession.begin(catalogue, store, name).record(verdict(True))
    assert next_drill(catalogue, store) is None
    assert next_drill(catalogue, store, ["double", "four-fold"]) is None


def test_opening_a_drill_is_a_visit(session: DrillSession, store: Store) -> None:
    [visit] = store.events("drill/")
    assert (visit.kind, visit.card) == ("visit", session.card)
