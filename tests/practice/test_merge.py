"""Two machines' logs made one: nothing lost, nothing twice, and the same whichever way it is done."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from llmprep.memory.merge import Clash
from llmprep.memory.recovery import recover
from llmprep.memory.rows import event_row
from llmprep.memory.settings import Settings
from llmprep.memory.store import Store, open_store
from llmprep.practice import export_progress, import_progress
from llmprep.practice.import_problem import ImportProblem

CARDS = ("question/a", "question/b", "drill/a")
Machine = Callable[[str], Store]

answers = st.tuples(
    st.just("answer"), st.sampled_from(CARDS), st.sampled_from([1, 2, 3, 4]), st.integers(1, 2)
)
others = st.sampled_from([("undo",), ("undo",), ("cram",)])
waits = st.tuples(st.just("wait"), st.integers(-600, 60 * 24 * 9))  # minutes; clocks are put back, too
histories = st.lists(st.one_of(answers, others, waits), max_size=12)
properties = settings(
    deadline=None,
    derandomize=True,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def log_of(store: Store) -> list[tuple[Any, ...]]:
    """The log in its order, without the numbers."""
    return [event_row(replace(event, id=0)) for event in store.events()]


def schedule_of(store: Store) -> list[Any]:
    return store.states()


def live(
    store: Store, history: list[tuple[Any, ...]], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Does one thing after another, a little later each."""
    for name, *details in history:
        now += timedelta(minutes=details[0] if name == "wait" else 1, microseconds=137)
        monkeypatch.setenv("LLMPREP_NOW", now.isoformat())
        if name == "answer":
            card, rating, revision = details
            store.record_review(card, revision, rating, {"answer": "因为方差是 d_k"})
        elif name == "undo":
            store.undo_last()
        elif name == "cram":
            store.record_event("cram", CARDS[0], {"seconds": 1.5}, rating=2)


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    """Makes machines with an empty log each."""
    opened: list[Store] = []

    def make(name: str) -> Store:
        opened.append(open_store(Settings(), Path(tempfile.mkdtemp(dir=tmp_path)) / f"{name}.db"))
        return opened[-1]

    yield make
    for store in opened:
        store.close()


@properties
@given(common=histories, here=histories, there=histories, later=st.integers(-2000, 2000))
def test_merging_is_the_same_both_ways(
    common: list[tuple[Any, ...]],
    here: list[tuple[Any, ...]],
    there: list[tuple[Any, ...]],
    later: int,
    machine: Machine,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    start = datetime(2026, 3, 1, 12, tzinfo=UTC)
    a, b, c = machine("a"), machine("b"), machine("c")
    live(a, common, start, monkeypatch)
    b.merge(a.events())
    live(a, here, start + timedelta(days=20), monkeypatch)
    live(b, there, start + timedelta(days=20, minutes=later, microseconds=7), monkeypatch)
    of_a, of_b = list(a.events()), list(b.events())

    a.merge(of_b)
    b.merge(of_a)
    c.merge(of_b)
    c.merge(of_a)
    assert log_of(a) == log_of(b) == log_of(c)
    assert schedule_of(a) == schedule_of(b) == schedule_of(c)

    undone = [event.voids for event in (*of_a, *of_b) if event.voids]
    kept = {event.uuid for event in a.events()}
    assert {event.uuid for event in (*of_a, *of_b) if not event.voids} <= kept
    assert {event.voids for event in a.events() if event.voids} == set(undone)
    assert len(kept) == len(log_of(a))

    before, numbers = schedule_of(a), [event.id for event in a.events()]
    assert a.merge([*of_a, *of_b]).new == 0
    assert (schedule_of(a), [event.id for event in a.events()]) == (before, numbers)
    a.rebuild()
    assert schedule_of(a) == before
    assert a.check() == []


@properties
@given(history=histories, more=histories)
def test_a_file_carries_everything(
    history: list[tuple[Any, ...]],
    more: list[tuple[Any, ...]],
    machine: Machine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    a, b = machine("a"), machine("b")
    live(a, [*history, ("answer", CARDS[0], 3, 1)], datetime(2026, 3, 1, 12, tzinfo=UTC), monkeypatch)
    file = tmp_path / "log.jsonl"
    file.write_text(export_progress.text_of(a), "utf-8")
    events = [event for _, event in import_progress.read_log(file)]
    assert b.merge(events).new == len(log_of(a))
    assert sorted(log_of(b)) == sorted(log_of(a))
    live(b, more, datetime(2026, 6, 1, 12, tzinfo=UTC), monkeypatch)
    before = schedule_of(b)
    b.rebuild()
    assert schedule_of(b) == before, "answers after a merge go on from it"


def two_reviews(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    live(
        store,
        [("answer", CARDS[0], 3, 1), ("answer", CARDS[1], 1, 1)],
        datetime(2026, 3, 1, 12, tzinfo=UTC),
        monkeypatch,
    )


def test_one_review_undone_on_two_machines_is_undone_once(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b = machine("a"), machine("b")
    two_reviews(a, monkeypatch)
    b.merge(a.events())
    live(a, [("undo",)], datetime(2026, 3, 2, 12, tzinfo=UTC), monkeypatch)
    live(b, [("undo",)], datetime(2026, 3, 3, 12, tzinfo=UTC), monkeypatch)
    assert a.merge(b.events()).new == 0
    assert b.merge(a.events()).new == 1
    assert log_of(a) == log_of(b)
    assert [event.kind for event in b.events()] == ["review", "review", "undo"]
    assert a.state(CARDS[1]) is None and a.state(CARDS[0]) is not None


def test_what_is_told_differently_is_refused(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    a, b = machine("a"), machine("b")
    two_reviews(a, monkeypatch)
    first, second = a.events()
    before = log_of(a)
    live(b, [("cram",)], datetime(2026, 3, 1, 12, tzinfo=UTC), monkeypatch)
    with pytest.raises(Clash) as clash:
        a.merge([*b.events(), replace(second, rating=4)])
    assert clash.value.uuid == second.uuid
    assert log_of(a) == before
    with pytest.raises(Clash):
        b.merge([first, replace(first, rating=1)])
    assert [event.kind for event in b.events()] == ["cram"]


def test_a_log_stays_append_only_after_a_merge(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    a, b = machine("a"), machine("b")
    live(b, [("cram",)], datetime(2026, 2, 1, 12, tzinfo=UTC), monkeypatch)
    two_reviews(a, monkeypatch)
    merged = a.merge(b.events())
    assert (merged.new, merged.known, merged.cards) == (1, 0, 2)
    assert [event.kind for event in a.events()] == ["cram", "review", "review"]
    for statement in ("DELETE FROM events", "UPDATE events SET rating = 4"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            a._connection.execute(statement)
    with pytest.raises(sqlite3.IntegrityError):
        a._connection.execute(
            "INSERT INTO events (uuid, at, day, kind, voids, payload) VALUES ('x', '', '', 'undo', 'y', '')"
        )


def test_two_terminals_and_a_damaged_disk_after_a_merge(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b = machine("a"), machine("b")
    live(b, [("answer", CARDS[2], 1, 1)] * 40, datetime(2026, 2, 1, 12, tzinfo=UTC), monkeypatch)
    live(a, [("answer", CARDS[0], 3, 1)] * 60, datetime(2026, 2, 1, 12, 20, tzinfo=UTC), monkeypatch)
    with open_store(Settings(), a.path) as other:
        assert len(list(other.events())) == 60
        a.merge(b.events())
        assert log_of(other) == log_of(a)
        live(other, [("answer", CARDS[1], 3, 1)], datetime(2026, 3, 1, 12, tzinfo=UTC), monkeypatch)
    log, schedule = log_of(a), schedule_of(a)
    assert len(log) == 101
    a.close()
    content = bytearray(a.path.read_bytes())
    content[:100] = bytes(100)  # the header; old pages, where the events stood before, are still in the file
    a.path.write_bytes(content)
    recover(Settings(), a.path)
    with open_store(Settings(), a.path) as saved:
        assert log_of(saved) == log
        assert schedule_of(saved) == schedule


@pytest.mark.parametrize(
    ("spoil", "reason", "line"),
    [
        (lambda lines: ["hello", *lines[1:]], "not-progress", 1),
        (lambda lines: ['{"llmprep": "progress", "version": 2}', *lines[1:]], "newer", 1),
        (lambda lines: [lines[0], lines[1][:40], lines[2]], "broken", 2),
        (lambda lines: [*lines[:2], lines[2].replace('"rating": 1', '"rating": 7')], "broken", 3),
        (lambda lines: [*lines[:2], lines[2].replace('"question/b"', '"b"')], "broken", 3),
        (lambda lines: [*lines[:2], lines[2].replace('"2026-03-01"', '"2031-03-01"')], "broken", 3),
        (lambda lines: lines[:2], "short", 2),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_whole_with_its_line(
    spoil: Callable[[list[str]], list[str]],
    reason: str,
    line: int,
    machine: Machine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    a = machine("a")
    two_reviews(a, monkeypatch)
    lines = export_progress.text_of(a).splitlines()
    assert spoil(lines) != lines
    file = tmp_path / "log.jsonl"
    file.write_text("\n".join(spoil(lines)) + "\n", "utf-8")
    with pytest.raises(ImportProblem) as problem:
        import_progress.read_log(file)
    assert (problem.value.reason, problem.value.values["line"]) == (reason, line)
