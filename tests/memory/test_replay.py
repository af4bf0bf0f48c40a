"""The promise of the store: the schedule is the log, replayed."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from llmprep.memory.settings import Settings
from llmprep.memory.store import Store, open_store

CARDS = ("question/a", "question/b", "drill/a", "paper/a")
ZONES = ("CST-8", "PST8PDT,M3.2.0,M11.1.0", "CET-1CEST,M3.5.0,M10.5.0/3")

answers = st.tuples(
    st.just("answer"),
    st.sampled_from(CARDS),
    st.sampled_from([1, 2, 3, 4]),
    st.sampled_from([1, 1, 1, 2]),  # revision
)
others = st.sampled_from([("undo",), ("undo",), ("cram",), ("reopen",), ("rebuild",)])
waits = st.tuples(st.just("wait"), st.integers(-600, 60 * 24 * 20))  # minutes; clocks are put back, too
moves = st.tuples(st.just("move"), st.sampled_from(ZONES))
retentions = st.tuples(st.just("retention"), st.sampled_from([0.8, 0.9, 0.95]))
histories = st.lists(st.one_of(answers, answers, others, waits, moves, retentions), max_size=25)


def schedule_of(store: Store) -> list[Any]:
    return store._connection.execute("SELECT * FROM cards ORDER BY card").fetchall()


class Learner:
    """Lives a history: does one thing after another, with the program restarted now and then."""

    def __init__(self, path: Path):
        self.path, self.wish = path, 0.9
        self.now = datetime(2026, 3, 1, 12, tzinfo=UTC)
        self.store = open_store(Settings(), path)

    def do(self, action: tuple[Any, ...]) -> None:
        os.environ["LLMPREP_NOW"] = self.now.isoformat()
        name, *details = action
        getattr(self, name)(*details)

    def answer(self, card: str, rating: Any, revision: int) -> None:
        promised = self.store.preview(card, revision)
        assert self.store.record_review(card, revision, rating, {}).after.interval == promised[rating]

    def undo(self) -> None:
        self.store.undo_last()

    def cram(self) -> None:
        self.store.record_event("cram", CARDS[0], {}, rating=2)

    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes, microseconds=137)

    def move(self, zone: str) -> None:
        os.environ["TZ"] = zone
        time.tzset()

    def retention(self, wish: float) -> None:
        self.wish = wish
        self.reopen()

    def reopen(self) -> None:
        self.store.close()
        self.store = open_store(Settings(retention=self.wish), self.path)

    def rebuild(self) -> None:
        before = schedule_of(self.store)
        assert self.store.rebuild() == len(before)
        assert schedule_of(self.store) == before


@settings(
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(history=histories)
def test_rebuilding_changes_nothing(
    history: list[tuple[Any, ...]], tmp_path: Path, at: Callable[[str], None], live_in: Callable[[str], None]
) -> None:
    live_in("CST-8")
    at("2026-03-01T12:00Z")
    learner = Learner(Path(tempfile.mkdtemp(dir=tmp_path)) / "progress.db")
    for action in history:
        learner.do(action)
    learner.do(("move", "UTC0"))
    learner.do(("retention", 0.7))
    learner.do(("rebuild",))
    learner.store.close()


@settings(
    deadline=None,
    derandomize=True,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(history=histories, card=st.sampled_from(CARDS), rating=st.sampled_from([1, 2, 3, 4]))
def test_an_answer_undone_was_never_given(
    history: list[tuple[Any, ...]],
    card: str,
    rating: int,
    tmp_path: Path,
    at: Callable[[str], None],
    live_in: Callable[[str], None],
) -> None:
    live_in("CST-8")
    at("2026-03-01T12:00Z")
    learner = Learner(Path(tempfile.mkdtemp(dir=tmp_path)) / "progress.db")
    for action in history:
        learner.do(action)
    before = schedule_of(learner.store)
    learner.do(("answer", card, rating, 2))
    assert schedule_of(learner.store) != before
    learner.do(("undo",))
    assert schedule_of(learner.store) == before
    learner.store.close()


def test_a_schedule_thrown_away_comes_back(store: Store) -> None:
    for card in CARDS:
        store.record_review(card, 1, 3, {})
    store.record_review(CARDS[0], 1, 1, {})
    store.undo_last()
    before = schedule_of(store)
    store._connection.execute("DELETE FROM cards")
    assert schedule_of(store) == []
    assert store.rebuild() == len(CARDS)
    assert schedule_of(store) == before
