from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from llmprep.memory import database, migrations
from llmprep.memory.problems import MemoryProblem
from llmprep.memory.records import Rating
from llmprep.memory.settings import Settings
from llmprep.memory.store import Store, open_store

Move = Callable[[str], None]
CARD = "question/sqrt-dk"


def test_an_answer_is_logged_and_scheduled(store: Store) -> None:
    payload = {"answer": "因为方差是 d_k", "points": [0, 2], "seconds": 41.5}
    done = store.record_review(CARD, 1, 3, payload)
    assert (done.before, done.after) == (None, store.state(CARD))
    event = store.last_event("review")
    assert event == done.event
    assert event is not None and (event.card, event.rating, event.payload) == (CARD, 3, payload)
    assert (event.at, event.day) == (datetime(2026, 11, 22, 12, tzinfo=UTC), date(2026, 11, 22))
    assert (event.revision, event.retention) == (1, 0.9)


def test_half_a_character_does_not_cost_the_answer(store: Store) -> None:
    """A terminal without readline leaves one byte of a deleted Chinese character behind."""
    store.record_review(CARD, 1, 3, {"answer": "错字\udce9x\x00"})
    event = store.last_review()
    assert event is not None and event.payload == {"answer": "错字\udce9x\x00"}


def test_what_is_previewed_is_what_is_written(store: Store, at: Move) -> None:
    answers: list[tuple[str, Rating]] = [("22T20:00", 3), ("22T20:10", 4), ("30T23:00", 2)]
    for moment, rating in answers:
        at(f"2026-11-{moment}")
        promised = store.preview(CARD)
        assert list(promised) == [1, 2, 3, 4]
        assert store.record_review(CARD, 1, rating, {}).after.interval == promised[rating]


def test_everything_due_today_is_due_from_the_turn_of_the_day(store: Store, at: Move) -> None:
    store.record_review("drill/rope", 1, 3, {})
    [waiting] = store.due("", datetime(2027, 1, 1, tzinfo=UTC))
    assert waiting.due == datetime(2026, 11, 23, 20, tzinfo=UTC)  # 04:00 in China, two days on
    at("2026-11-24T03:59:59")
    assert store.due("drill/", store.clock.now()) == []
    assert store.due("drill/", store.clock.end_of_today()) == []
    at("2026-11-24T04:00")
    assert store.due("drill/", store.clock.now()) == [waiting]
    assert store.count_due("drill/", store.clock.now()) == 1


def test_a_traveller_meets_the_day_where_they_are(store: Store, at: Move, live_in: Move) -> None:
    store.record_review("drill/rope", 1, 3, {})
    live_in("PST8PDT,M3.2.0,M11.1.0")
    at("2026-11-24T03:00")
    assert store.due("", store.clock.now()) == []
    at("2026-11-24T04:00")
    assert [due.card for due in store.due("", store.clock.now())] == ["drill/rope"]


def test_due_is_ordered_limited_and_by_kind(store: Store, at: Move) -> None:
    store.record_review("drill/b", 1, 1, {})
    store.record_review("question/slow", 1, 3, {})
    store.record_review("question/quick", 1, 1, {})
    at("2026-11-23T21:00")
    store.record_review("question/later", 1, 1, {})
    at("2026-11-23T21:01")
    now = store.clock.now()
    everything = [due.card for due in store.due("", now)]
    assert everything == ["question/quick", "question/slow", "drill/b", "question/later"]
    assert [due.card for due in store.due("", now, limit=3)] == everything[:3]
    assert [due.card for due in store.due("question/", now)] == [everything[0], everything[1], everything[3]]
    assert store.count_due("", now) == 4 and store.count_due("drill/", now) == 1
    first = store.next_due("drill/")
    assert first is not None and first.card == "drill/b"
    assert store.next_due("paper/") is None


def test_new_learning_review(store: Store, at: Move) -> None:
    assert store.stage(CARD) == "new"
    store.record_review(CARD, 1, 3, {})
    assert store.stage(CARD) == "learning"
    at("2026-11-22T20:10")
    store.record_review(CARD, 1, 3, {})
    assert store.stage(CARD) == "review"
    at("2026-12-01T20:00")
    store.record_review(CARD, 1, 1, {})
    assert store.stage(CARD) == "learning"
    assert store.stage(CARD, revision=2) == "new"


def test_seen_and_unseen(store: Store) -> None:
    store.record_review("question/a", 1, 3, {})
    store.record_review("question/b", 2, 3, {})
    store.record_review("drill/a", 1, 3, {})
    assert store.seen("question/") == {"question/a", "question/b"}
    assert store.seen() == {"question/a", "question/b", "drill/a"}
    offered = [("question/b", 2), ("question/c", 1), ("question/a", 2), ("question/b", 1)]
    assert list(store.unseen(offered)) == ["question/c", "question/a"]


def test_unseen_asks_no_further_than_needed(store: Store) -> None:
    asked = iter([(f"question/{number:05}", 1) for number in range(50_000)])
    assert next(store.unseen(asked)) == "question/00000"
    assert len(list(asked)) > 49_000


def test_new_today_counts_first_reviews_of_the_learners_day(store: Store, at: Move) -> None:
    store.record_review("question/a", 1, 1, {})
    at("2026-11-23T01:00")
    store.record_review("question/a", 1, 3, {})
    store.record_review("question/b", 1, 3, {})
    store.record_review("drill/a", 1, 3, {})
    assert store.new_today("question/") == 2
    assert store.new_today() == 3
    at("2026-11-23T04:00")
    store.record_review("question/a", 1, 3, {})
    assert store.new_today() == 0


def test_a_higher_revision_is_a_new_card(store: Store, at: Move) -> None:
    store.record_review(CARD, 1, 4, {})
    at("2026-11-25T20:00")
    anew = store.preview(CARD, revision=2)
    assert anew != store.preview(CARD, revision=1)
    assert anew[3] == timedelta(minutes=10)
    after = store.record_review(CARD, 2, 3, {}).after
    assert (after.revision, after.reps) == (2, 1)
    assert store.new_today() == 1
    store.undo_last()
    state = store.state(CARD)
    assert state is not None and (state.revision, state.reps) == (1, 1)


def test_undo_puts_everything_back(store: Store, at: Move) -> None:
    store.record_review("question/a", 1, 3, {})
    at("2026-11-22T20:10")
    store.record_review("question/a", 1, 3, {})
    before = store.state("question/a")
    at("2026-11-30T20:00")
    wrong = store.record_review("question/a", 1, 1, {})
    undone = store.undo_last()
    assert undone is not None and undone.review == wrong.event
    assert undone.after == before == store.state("question/a")
    assert [event.kind for event in store.events()] == ["review", "review", "review", "undo"]


def test_undo_goes_back_one_review_at_a_time_until_the_card_is_new(store: Store) -> None:
    for card in ("question/a", "question/b"):
        store.record_review(card, 1, 3, {})
    undone = [store.undo_last() for _ in range(3)]
    assert [step and step.review.card for step in undone] == ["question/b", "question/a", None]
    assert store.seen() == set() and store.new_today() == 0
    assert store.counts().reviews == 0


def test_undo_of_one_kind_leaves_the_other(store: Store) -> None:
    store.record_review("question/a", 1, 3, {})
    store.record_review("drill/a", 1, 3, {})
    undone = store.undo_last("question/")
    assert undone is not None and undone.review.card == "question/a"
    assert store.seen() == {"drill/a"}


def test_cram_and_other_events_never_touch_the_schedule(store: Store) -> None:
    store.record_review(CARD, 1, 3, {})
    before = store.state(CARD)
    store.record_event("cram", CARD, {"seconds": 3}, rating=1)
    store.record_event("visit", None, {"screen": "quiz"})
    store.record_event("attempt", "drill/attention", {"passed": False})
    assert store.state(CARD) == before and store.seen() == {CARD}
    assert store.rebuild() == 1 and store.state(CARD) == before
    visit, attempt = store.last_event("visit"), store.last_event("attempt", "drill/")
    assert visit is not None and (visit.card, visit.payload) == (None, {"screen": "quiz"})
    assert attempt is not None and attempt.card == "drill/attention"
    assert store.last_event("attempt", "paper/") is None and store.last_event("talk") is None


def test_counts_of_a_day(store: Store, at: Move) -> None:
    for rating in (1, 3, 4):
        store.record_review(f"question/{rating}", 1, rating, {})
    store.record_event("cram", "question/1", rating=1)
    store.record_event("attempt", "drill/a")
    store.undo_last()
    counts = store.counts()
    assert (counts.day, counts.reviews, counts.forgotten, counts.new) == (date(2026, 11, 22), 2, 1, 2)
    assert counts.events == {"cram": 1, "attempt": 1}
    assert store.counts("drill/").events == {"attempt": 1} and store.counts("drill/").reviews == 0
    at("2026-11-23T20:00")
    assert store.counts().reviews == 0
    assert store.counts(day=date(2026, 11, 22)) == counts


def test_events_by_kind_card_and_day(store: Store, at: Move) -> None:
    store.record_event("attempt", "drill/a", {"n": 1})
    at("2026-11-23T20:00")
    store.record_event("attempt", "drill/b", {"n": 2})
    store.record_event("talk", "paper/a", {"n": 3})

    def numbers(**chosen: object) -> list[int]:
        return [event.payload["n"] for event in store.events(**chosen)]  # type: ignore[arg-type]

    assert numbers() == [1, 2, 3]
    assert numbers(kind="attempt") == [1, 2]
    assert numbers(prefix="drill/", since=date(2026, 11, 23)) == [2]


def test_misuse_is_refused_before_anything_is_written(store: Store) -> None:
    with pytest.raises(ValueError, match="kind/id"):
        store.record_review("sqrt-dk", 1, 3, {})
    with pytest.raises(ValueError, match="rating"):
        store.record_review(CARD, 1, 5, {})  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="own method"):
        store.record_event("undo", CARD)
    with pytest.raises(TypeError):
        store.record_review(CARD, 1, 3, {"answer": object()})
    assert list(store.events()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET rating = 4",
        "DELETE FROM events",
        "INSERT OR REPLACE INTO events SELECT * FROM events",
    ],
)
def test_the_log_cannot_be_changed(store: Store, statement: str) -> None:
    event = store.record_review(CARD, 1, 1, {}).event
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        store._connection.execute(statement)
    assert list(store.events()) == [event]


def test_a_review_is_voided_once_and_exists(store: Store) -> None:
    event = store.record_review(CARD, 1, 1, {}).event
    store.undo_last()
    for voided in (event.uuid, "no-such-review"):
        with pytest.raises(sqlite3.IntegrityError), store._writing():
            store._append("undo", CARD, {}, voids=voided)
    assert [found.kind for found in store.events()] == ["review", "undo"]


def test_reopening_finds_everything(store: Store, home: Path, at: Move) -> None:
    at("2026-11-22T20:00:00.123456")
    after = store.record_review(CARD, 1, 3, {}).after
    store.close()
    assert sorted(path.name for path in home.iterdir()) == ["progress.db"]
    with open_store(Settings()) as again:
        assert again.state(CARD) == after


def test_commits_reach_the_disk(store: Store) -> None:
    def pragma(name: str) -> object:
        return store._connection.execute(f"PRAGMA {name}").fetchone()[0]

    assert (pragma("synchronous"), pragma("foreign_keys"), pragma("journal_mode")) == (2, 1, "wal")


def test_migrations_are_recorded_and_run_once(store: Store, home: Path) -> None:
    names = [migration.__name__ for migration in migrations.MIGRATIONS]
    assert all(name.startswith(f"m{number:03}_") for number, name in enumerate(names, 1))
    assert migrations.applied_names(store._connection) == set(names)
    with open_store(Settings()) as again:
        assert migrations.applied_names(again._connection) == set(names)


def test_a_newer_database_is_refused_and_left_alone(store: Store, home: Path) -> None:
    store.record_review(CARD, 1, 3, {})
    store._connection.execute("INSERT INTO migrations VALUES ('m999_mastery', '2027-01-01')")
    store.close()
    before = (home / "progress.db").read_bytes()
    with pytest.raises(MemoryProblem) as caught:
        open_store(Settings())
    problem = caught.value
    assert (problem.kind, problem.detail, problem.path) == (
        "database-newer",
        "m999_mastery",
        home / "progress.db",
    )
    assert (home / "progress.db").read_bytes() == before


def test_a_database_with_many_cards_is_read_through_its_indexes(store: Store) -> None:
    """The cost of a start must not grow with what was learned: no query may scan or sort a table."""
    queries: list[str] = []
    store._connection.set_trace_callback(queries.append)
    now = store.clock.now()
    store.due("question/", now, limit=20)
    store.due("", now + timedelta(days=9))
    store.count_due("question/", now)
    store.state(CARD)
    list(store.unseen([(CARD, 1)]))
    store.last_event("visit")
    store.last_review("question/")
    store.new_today("question/")
    store.record_review(CARD, 1, 3, {})
    store.undo_last()
    store._connection.set_trace_callback(None)
    plans = ""
    selects = [query for query in queries if query.startswith("SELECT")]
    assert len(selects) > 10
    for query in selects:
        plan = [step for *_, step in store._connection.execute(f"EXPLAIN QUERY PLAN {query}")]
        assert not any(step.startswith("SCAN") or "TEMP B-TREE" in step for step in plan), (query, plan)
        plans += "\n".join(plan)
    assert "events_by_card" in plans, "an undo must not read the reviews of other cards"


def test_opening_checks_both_tables(home: Path) -> None:
    home.mkdir(parents=True)
    connection = sqlite3.connect(home / "progress.db")
    connection.execute("CREATE TABLE holiday_photos (name TEXT)")
    connection.close()
    with pytest.raises(MemoryProblem) as caught:
        database.connect(home / "progress.db")
    assert caught.value.kind == "database-corrupt"
    assert "holiday_photos" in caught.value.detail
