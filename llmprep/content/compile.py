"""Compiles content files into the catalogue's tables: those files alone that changed since the last time.

Files are parsed before the cache is locked, so a second program that starts meanwhile reads or does the same
work and is never kept waiting for a parser.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from llmprep.content import full_text
from llmprep.content.json_form import to_json
from llmprep.content.locate import content_files
from llmprep.content.names import spelling

Progress = Callable[[int, int], None]
"""Called with (files done, files to compile) while compiling."""

LAYOUT_VERSION = 3
_LAYOUT = """
CREATE TABLE IF NOT EXISTS about (digest TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS files (
  path TEXT PRIMARY KEY, stamp TEXT NOT NULL, problems TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS items (
  kind TEXT NOT NULL, id TEXT NOT NULL, topic TEXT NOT NULL, level INTEGER NOT NULL,
  position INTEGER NOT NULL, revision INTEGER NOT NULL, en TEXT NOT NULL, zh TEXT NOT NULL,
  file TEXT NOT NULL, line INTEGER NOT NULL,
  json TEXT NOT NULL, UNIQUE (kind, id)
);
CREATE INDEX IF NOT EXISTS by_order ON items (kind, level, position, topic, id);
CREATE INDEX IF NOT EXISTS by_topic ON items (kind, topic, level, position, id);
CREATE INDEX IF NOT EXISTS by_file ON items (file);
CREATE TABLE IF NOT EXISTS aliases (
  kind TEXT NOT NULL, alias TEXT NOT NULL, id TEXT NOT NULL, file TEXT NOT NULL, PRIMARY KEY (kind, alias, id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS shadowed (
  kind TEXT NOT NULL, id TEXT NOT NULL, file TEXT NOT NULL, line INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS counts (
  kind TEXT NOT NULL, topic TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (kind, topic)
) WITHOUT ROWID;
"""
"""`shadowed` has the items whose id another file has, too; `counts` spares counting at every start."""


class _Row(NamedTuple):
    """A line of `items`; the names and their order are the table's."""

    kind: str
    id: str
    topic: str
    level: int
    position: int
    revision: int
    en: str
    zh: str
    file: str
    line: int
    json: str


class _Parsed(NamedTuple):
    """One file, ready to be written; `texts` has title and body of what can be searched, by kind and id."""

    stamp: str
    problems: str
    rows: list[_Row]
    texts: dict[tuple[str, str], tuple[str, str]]
    aliases: list[tuple[str, str, str, str]]


def refresh(
    connection: sqlite3.Connection,
    root: Path,
    progress: Progress | None = None,
    own: Sequence[Path] = (),
) -> None:
    """Make the tables hold what the files under `root` say; costs next to nothing when they already do.

    Files of the folders `own` are added, under their absolute paths.

    Raises:
        sqlite3.Error: the cache cannot be read or written.
    """
    stamps = dict(_stamps(root, own))
    digest = hashlib.blake2b(repr(stamps).encode(), digest_size=16).hexdigest()
    parsed: dict[str, _Parsed] = {}
    connection.isolation_level = None
    while (known := _digest(connection)) != digest:
        old_stamps = _compiled_stamps(connection) if known else {}
        changed = _changed(stamps, old_stamps, connection) if known else set(stamps)
        _parse(root, stamps, sorted(changed - parsed.keys()), parsed, progress)
        with _transaction(connection):
            if _digest(connection) == known:
                gone = old_stamps.keys() - stamps.keys()
                _write(connection, {path: parsed[path] for path in changed}, gone, digest)
                return
        # another program was faster: what it left decides anew what is to be done


# ---------------------------------------------------------------- what changed


def _stamps(root: Path, own: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """Path below `root`, or absolute in a folder of `own` → what changes when the file does."""
    for folder in (root, *own):
        for path, status in content_files(folder):
            name = path if folder is root else str(folder / path)
            if status is None:
                yield name, "cannot be looked at"
            else:
                yield name, f"{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}"


def _digest(connection: sqlite3.Connection) -> str | None:
    """Of all stamps when the tables were written; None for an empty cache."""
    try:
        row = connection.execute("SELECT digest FROM about").fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return None
        raise
    return str(row[0]) if row else None


def _compiled_stamps(connection: sqlite3.Connection) -> dict[str, str]:
    return dict(connection.execute("SELECT path, stamp FROM files"))


def _changed(stamps: dict[str, str], old: dict[str, str], connection: sqlite3.Connection) -> set[str]:
    changed = {path for path, stamp in stamps.items() if old.get(path) != stamp}
    # whoever else claims an id that is given up may have it now
    contested = connection.execute(
        "SELECT file FROM shadowed "
        "UNION SELECT i.file FROM items i JOIN shadowed s ON i.kind = s.kind AND i.id = s.id"
    )
    return changed | {path for (path,) in contested if path in stamps}


# ---------------------------------------------------------------- parsing


def _parse(
    root: Path,
    stamps: dict[str, str],
    paths: list[str],
    parsed: dict[str, _Parsed],
    progress: Progress | None,
) -> None:
    with _no_garbage_collection():
        for done, path in enumerate(paths):
            if progress is not None:
                progress(done, len(paths))
            parsed[path] = _parse_file(root, path, stamps[path])
    if progress is not None and paths:
        progress(len(paths), len(paths))


def _parse_file(root: Path, path: str, stamp: str) -> _Parsed:
    from llmprep.content.library import load_unit

    unit = load_unit(root / path)
    problems = json.dumps([[str(p.path), p.line, p.message, p.mend] for p in unit.problems])
    rows = [
        _Row(
            entry.kind, entry.id, entry.topic, entry.level, entry.position,
            getattr(entry.item, "revision", 1), entry.title.en, entry.title.zh, path, entry.line,
            json.dumps(to_json(entry.item), ensure_ascii=False),
        )
        for entry in unit.entries
    ]  # fmt: skip
    aliases = [
        (entry.kind, spelling(alias), entry.id, path) for entry in unit.entries for alias in entry.aliases
    ]
    texts = {
        (entry.kind, entry.id): (
            full_text.terms(f"{entry.title.en} {entry.title.zh} {entry.id} {' '.join(entry.aliases)}"),
            full_text.terms(" ".join(full_text.texts(entry.item))),
        )
        for entry in unit.entries
        if entry.kind in full_text.INDEXED
    }
    return _Parsed(stamp, problems, rows, texts, aliases)


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Parsing makes millions of small objects and no cycles; looking for cycles would cost a third."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


# ---------------------------------------------------------------- writing


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _write(
    connection: sqlite3.Connection,
    parsed: dict[str, _Parsed],
    gone: set[str],
    digest: str,
) -> None:
    for statement in filter(str.strip, _LAYOUT.split(";")):
        connection.execute(statement)
    searchable = _make_searchable(connection)
    # all that changed is forgotten first: a question that moved to another file must find its id free
    for path in parsed.keys() | gone:
        if searchable:
            rows_of_file = "SELECT rowid FROM items WHERE file = ?"
            connection.execute(f"DELETE FROM search WHERE rowid IN ({rows_of_file})", (path,))
        for table, column in (
            ("items", "file"),
            ("aliases", "file"),
            ("shadowed", "file"),
            ("files", "path"),
        ):
            connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (path,))
    for path, file in sorted(parsed.items()):
        connection.execute("INSERT INTO files VALUES (?, ?, ?)", (path, file.stamp, file.problems))
        connection.executemany("INSERT OR IGNORE INTO aliases VALUES (?, ?, ?, ?)", file.aliases)
    rows = [row for file in parsed.values() for row in file.rows]
    for row in sorted(rows, key=lambda row: (row.kind, row.id, row.file, row.line)):
        texts = parsed[row.file].texts.get((row.kind, row.id))
        _insert(connection, row, texts if searchable else None)
    connection.execute("DELETE FROM counts")
    connection.execute("INSERT INTO counts SELECT kind, topic, count(*) FROM items GROUP BY kind, topic")
    connection.execute("DELETE FROM about")
    connection.execute("INSERT INTO about VALUES (?)", (digest,))


def _make_searchable(connection: sqlite3.Connection) -> bool:
    """Whether this SQLite has a full-text index; without one everything else still works."""
    try:
        connection.execute(full_text.LAYOUT)
    except sqlite3.OperationalError as error:
        if "no such module" not in str(error):
            raise
        return False
    return True


def _insert(connection: sqlite3.Connection, row: _Row, texts: tuple[str, str] | None) -> None:
    """Add an item with its texts. An id that two files have belongs to the first of them (`_precedence`)."""
    key = (row.kind, row.id)
    query = "SELECT file, line, rowid FROM items WHERE kind = ? AND id = ?"
    owner = connection.execute(query, key).fetchone()
    if owner is not None:
        loser = (row.file, row.line)
        wins = _precedence(row.file) < _precedence(owner[0])
        connection.execute(
            "INSERT INTO shadowed VALUES (?, ?, ?, ?)", (*key, *(owner[:2] if wins else loser))
        )
        if not wins:
            return
        connection.execute("DELETE FROM items WHERE rowid = ?", (owner[2],))
        if texts is not None:
            connection.execute("DELETE FROM search WHERE rowid = ?", (owner[2],))
    places = ", ".join("?" * len(row))
    added = connection.execute(f"INSERT INTO items VALUES ({places})", row)
    if texts is not None:
        connection.execute(
            "INSERT INTO search (rowid, title, body) VALUES (?, ?, ?)", (added.lastrowid, *texts)
        )


def _precedence(file: str) -> tuple[bool, str]:
    """Ours before the learner's own, then by name: whichever was compiled first, the same one wins."""
    return Path(file).is_absolute(), file


def version_of_this_room() -> str:
    """Changes with the program and, while it is being worked on, with the files of this room."""
    from llmprep import __version__

    files = []
    try:
        with os.scandir(Path(__file__).parent) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    status = entry.stat()
                    files.append((entry.name, status.st_size, status.st_mtime_ns))
    except OSError:
        pass
    return f"{__version__}:{LAYOUT_VERSION}:{sorted(files)}"
