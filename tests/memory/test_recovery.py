"""A damaged database is noticed, kept, and never thrown away; `recover` saves what can be read."""

from __future__ import annotations

import random
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from llmprep.memory.problems import MemoryProblem
from llmprep.memory.records import Event
from llmprep.memory.recovery import recover
from llmprep.memory.rows import event_row
from llmprep.memory.salvage import readable_events
from llmprep.memory.settings import Settings
from llmprep.memory.store import RATINGS, Store, open_store

PAGE = 4096


@pytest.fixture
def many(store: Store) -> Store:
    """300 events of every kind, some too large for a page."""
    for number in range(100):
        store.record_review(
            f"question/{number}", 1, RATINGS[number % 4], {"answer": f"因为 {number}" * (number % 9)}
        )
        store.record_event("attempt", "drill/a", {"code": "x" * (50 if number % 10 else 9000)})
        store.record_event("visit", None, {"screen": number})
        if number % 10 == 0:
            store.undo_last()
    return store


def cards(store: Store) -> list[object]:
    return store._connection.execute("SELECT * FROM cards ORDER BY card").fetchall()


def damage(path: Path, place: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        file.write(content)


def test_a_destroyed_header_costs_nothing(many: Store, home: Path) -> None:
    events, schedule, path = list(many.events()), cards(many), many.path
    many.close()
    damage(path, 0, random.Random(1).randbytes(PAGE))
    broken = path.read_bytes()
    with pytest.raises(MemoryProblem) as caught:
        open_store(Settings())
    assert (caught.value.kind, caught.value.path) == ("database-corrupt", path)
    assert path.read_bytes() == broken, "noticing damage must not change the file"
    done = recover(Settings())
    assert (done.events, done.cards, done.missing) == (len(events), len(schedule), 0)
    assert done.broken == home / "progress.db.broken-2026-11-22"
    assert done.broken.read_bytes() == broken
    with open_store(Settings()) as again:
        assert list(again.events()) == events
        assert cards(again) == schedule
        assert again.check() == []
        again.record_review("question/new", 1, 3, {})
        assert again.undo_last() is not None


def test_a_truncated_file_keeps_its_beginning(many: Store) -> None:
    events, path = list(many.events()), many.path
    many.close()
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    with pytest.raises(MemoryProblem) as caught:
        open_store(Settings())
    assert caught.value.kind == "database-corrupt"
    done = recover(Settings())
    with open_store(Settings()) as again:
        saved = list(again.events())
    assert done.events == len(saved) > 50
    assert [event for event in events if event in saved] == saved


def test_damage_to_the_schedule_alone_is_noticed_when_read_and_costs_nothing(many: Store) -> None:
    events, schedule, path = list(many.events()), cards(many), many.path
    [(root,)] = many._connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'cards'")
    many.close()
    damage(path, (root - 1) * PAGE, b"\xff" * PAGE)
    with pytest.raises(MemoryProblem) as caught:
        open_store(Settings())
    assert caught.value.kind == "database-corrupt"
    assert recover(Settings()).missing == 0
    with open_store(Settings()) as again:
        assert (list(again.events()), cards(again)) == (events, schedule)


def test_damage_deep_inside_is_noticed_when_it_is_read(many: Store) -> None:
    path = many.path
    leaves = [event.id for event in many.events()]
    many.close()
    content = path.read_bytes()
    place = content.index(b'{"screen":40}')
    damage(path, place - place % PAGE, b"\0" * PAGE)
    with open_store(Settings()) as store, pytest.raises(MemoryProblem) as caught:
        list(store.events())
    assert caught.value.kind == "database-corrupt"
    with open_store(Settings()) as store:
        assert store.check() != []
    done = recover(Settings())
    assert 0 < done.missing == len(leaves) - done.events


def test_answers_that_are_still_in_the_write_ahead_log_are_saved(many: Store, tmp_path: Path) -> None:
    """As after `kill -9`: the file and its log are copied while the program lives."""
    copy = tmp_path / "elsewhere" / "progress.db"
    copy.parent.mkdir()
    for suffix in ("", "-wal"):
        (copy.parent / f"progress.db{suffix}").write_bytes(
            many.path.with_name(f"progress.db{suffix}").read_bytes()
        )
    damage(copy, 0, b"\0" * 100)
    assert readable_events(copy) == list(many.events())
    assert recover(Settings(), copy).missing == 0
    with open_store(Settings(), copy) as again:
        assert again.check() == []
        assert (list(again.events()), cards(again)) == (list(many.events()), cards(many))


@pytest.mark.parametrize("page_size", [512, 65536])
def test_other_page_sizes(home: Path, page_size: int, at: Callable[[str], None]) -> None:
    at("2026-11-22T20:00")
    home.mkdir(parents=True)
    connection = sqlite3.connect(home / "progress.db")
    connection.execute(f"PRAGMA page_size = {page_size}")
    connection.execute("VACUUM")
    connection.close()
    with open_store(Settings()) as store:
        for number in range(40):
            store.record_review(f"question/{number}", 1, 3, {"answer": "方差" * 7 * number})
        events = list(store.events())
    assert int.from_bytes((home / "progress.db").read_bytes()[16:18], "big") == page_size % 65535
    assert readable_events(home / "progress.db") == events


def test_damage_may_not_hide_in_values(many: Store) -> None:
    """One letter of a text, which SQLite does not mind: found when the event is read, not recovered."""
    path, count = many.path, len(list(many.events()))
    many.close()
    place = path.read_bytes().index(b'{"screen":40}')
    damage(path, place, b"[")
    with open_store(Settings()) as store, pytest.raises(MemoryProblem) as caught:
        list(store.events())
    assert caught.value.kind == "database-corrupt"
    done = recover(Settings())
    assert (done.events, done.missing) == (count - 1, 1)


def test_an_undo_is_kept_although_its_review_is_lost(store: Store) -> None:
    lost = store.record_review("question/a", 1, 3, {"answer": "unmistakable"}).event
    store.undo_last()
    store.record_review("question/b", 1, 3, {})
    path = store.path
    store.close()
    damage(path, path.read_bytes().index(b'{"answer":"unmistakable"}'), b"\xff")
    assert recover(Settings()).missing == 1
    with open_store(Settings()) as again:
        assert [event.kind for event in again.events()] == ["undo", "review"]
        assert next(again.events()).voids == lost.uuid
        assert again.seen() == {"question/b"}
        again.record_review("question/b", 1, 3, {})


def test_damage_that_makes_two_undos_of_one_review(store: Store) -> None:
    reviews = [store.record_review(f"question/{name}", 1, 3, {}).event for name in "ab"]
    store.undo_last()
    store.undo_last()
    path = store.path
    store.close()
    place = path.read_bytes().index(b"undoquestion/b") + len("undoquestion/b")
    assert path.read_bytes()[place : place + 36] == reviews[1].uuid.encode()
    damage(path, place, reviews[0].uuid.encode())
    assert recover(Settings()).missing == 1
    with open_store(Settings()) as again:
        assert len(list(again.events())) == 3


def test_recovering_again_keeps_every_broken_file(many: Store) -> None:
    path = many.path
    many.close()
    names = set()
    for _ in range(3):
        damage(path, 0, b"\0" * 100)
        done = recover(Settings())
        assert done.missing == 0
        names.add(done.broken.name)
    assert names == {f"progress.db.broken-2026-11-22{suffix}" for suffix in ("", "-2", "-3")}
    assert {file.name for file in path.parent.iterdir()} == {"progress.db", *names}


@pytest.mark.parametrize(
    "content", [b"garbage" * 1000, b"\0" * 9000, b"SQLite format 3\0" + b"\xff" * 5000, b"x"]
)
def test_a_file_that_was_never_ours(home: Path, content: bytes, at: Callable[[str], None]) -> None:
    at("2026-11-22T20:00")
    home.mkdir(parents=True)
    path = home / "progress.db"
    path.write_bytes(content)
    with pytest.raises(MemoryProblem) as caught:
        open_store(Settings())
    assert caught.value.kind == "database-corrupt"
    assert path.read_bytes() == content
    done = recover(Settings())
    assert (done.events, done.broken.read_bytes()) == (0, content)
    with open_store(Settings()) as store:
        assert list(store.events()) == []


@settings(
    deadline=None,
    derandomize=True,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    wounds=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=300)), min_size=1, max_size=6),
    cut=st.floats(0.3, 1),
)
def test_whatever_the_damage_recovery_works_and_invents_nothing(
    many: Store, wounds: list[tuple[float, bytes]], cut: float, tmp_path: Path
) -> None:
    events = list(many.events())
    many._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = many.path.read_bytes()
    length = int(len(content) * cut)
    path = Path(tempfile.mkdtemp(dir=tmp_path)) / "progress.db"
    path.write_bytes(content[:length])
    wounded = set()
    for fraction, wound in wounds:
        place = int(fraction * (length - len(wound)))
        damage(path, place, wound)
        wounded |= {place // PAGE, (place + len(wound) - 1) // PAGE}
    use_until_a_problem(path)
    untouched = [
        event
        for event in events
        if len(event.payload) < 2 and content.count(row := beginning_of_row(event)) == 1
        if (page := content.index(row) // PAGE) not in wounded and (page + 1) * PAGE <= length
        if "code" not in event.payload
    ]
    done = recover(Settings(), path)
    with open_store(Settings(), path) as again:
        saved = list(again.events())
        assert again.check() == []
    assert done.events == len(saved)
    assert [event for event in untouched if event not in saved] == []
    assert len([event for event in saved if event not in events]) <= 4 * len(wounds), (
        "a wound may alter a letter"
    )


def use_until_a_problem(path: Path) -> None:
    """Damage may go unnoticed or be a `MemoryProblem`; it is never another error."""
    copy = path.parent / "used" / path.name
    copy.parent.mkdir()
    copy.write_bytes(path.read_bytes())
    with suppress(MemoryProblem), open_store(Settings(), copy) as store:
        store.due("", store.clock.end_of_today())
        store.counts()
        store.record_review("question/1", 1, 3, {})
        store.undo_last()
        list(store.events())
        store.rebuild()


def beginning_of_row(event: Event) -> bytes:
    """The texts of a row as they stand one after another in the file, on its leaf page and nowhere else."""
    return "".join(event_row(event)[1:6]).encode() if event.card else "".join(event_row(event)[1:5]).encode()
