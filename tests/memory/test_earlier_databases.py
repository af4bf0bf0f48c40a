"""A learner's database from every schema that was ever released opens and keeps what it holds.

databases/NAME.sql is what a learner had while NAME was the newest migration. It is never made again: a new
migration comes with a new file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from llmprep.memory import migrations
from llmprep.memory.settings import Settings
from llmprep.memory.store import open_store

DATABASES = sorted((Path(__file__).parent / "databases").glob("*.sql"))
TODAY = "2026-11-22T20:00"


def put_down(database: Path, home: Path) -> None:
    home.mkdir(parents=True)
    with closing(sqlite3.connect(home / "progress.db")) as connection:
        connection.executescript(database.read_text(encoding="utf-8"))


def everything(home: Path, table: str, columns: str = "*") -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(home / "progress.db")) as connection:
        return connection.execute(f"SELECT {columns} FROM {table} ORDER BY 1").fetchall()


def add_a_marked_column(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE events ADD COLUMN marked INTEGER NOT NULL DEFAULT 0")


def add_a_column_and_fail(connection: sqlite3.Connection) -> None:
    add_a_marked_column(connection)
    raise sqlite3.OperationalError("database or disk is full")


def test_every_released_schema_has_a_database() -> None:
    assert [path.stem for path in DATABASES] == [step.__name__ for step in migrations.MIGRATIONS]


@pytest.mark.parametrize("database", DATABASES, ids=lambda path: path.stem)
def test_it_opens_and_goes_on(database: Path, home: Path, at: Callable[[str], None]) -> None:
    put_down(database, home)
    before = everything(home, "events")
    at(TODAY)
    with open_store(Settings()) as store:
        assert store.check() == []
        states = store.states()
        assert {state.card for state in states} >= {"question/sqrt-dk", "drill/attention"}
        asked = store.last_review("question/sqrt-dk")
        assert asked is not None
        assert asked.payload["typed"] == "方差是 d_k，'softmax' saturates\nand …"
        store.rebuild()
        assert store.states() == states
        store.record_review("question/sqrt-dk", 1, 3, {})
    after = everything(home, "events")
    assert [row[: len(old)] for row, old in zip(after, before, strict=False)] == before
    assert len(after) == len(before) + 1


@pytest.mark.parametrize("database", DATABASES, ids=lambda path: path.stem)
def test_a_step_is_taken_over_a_learners_data(
    database: Path, home: Path, at: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    put_down(database, home)
    before = everything(home, "events")
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, add_a_marked_column))
    at(TODAY)
    with open_store(Settings()) as store:
        assert store.check() == []
        store.record_review("question/sqrt-dk", 1, 3, {})
    assert everything(home, "events")[:-1] == [(*row, 0) for row in before]
    assert ("add_a_marked_column",) in everything(home, "migrations", "name")


def test_a_step_that_fails_leaves_everything_as_it_was(
    home: Path, at: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    put_down(DATABASES[-1], home)
    before = everything(home, "events")
    at(TODAY)
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, add_a_column_and_fail))
        with pytest.raises(sqlite3.OperationalError, match="disk is full"):
            open_store(Settings())
    assert everything(home, "events") == before
    with open_store(Settings()) as store:
        assert store.check() == []
