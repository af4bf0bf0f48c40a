"""All content, compiled once into a small SQLite file and then found by key.

Starting the program costs the same with fifty thousand questions as with fifty: a few file stamps are
compared, and only the items asked for are read. A changed file recompiles that file alone. When no cache
can be written the catalogue is compiled into memory.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from llmprep import __version__
from llmprep.content import items
from llmprep.content.json_form import from_json, to_json
from llmprep.content.locate import content_root
from llmprep.content.problems import Problem

ItemT = TypeVar("ItemT")
Progress = Callable[[int, int], None]
"""Called with (files done, files to compile) while compiling."""

_LAYOUT = """
CREATE TABLE IF NOT EXISTS about (version TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, stamp TEXT NOT NULL, problems TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS items (
  kind TEXT NOT NULL, id TEXT NOT NULL, topic TEXT NOT NULL, level INTEGER NOT NULL, position INTEGER NOT NULL,
  revision INTEGER NOT NULL, en TEXT NOT NULL, zh TEXT NOT NULL, aliases TEXT NOT NULL, file TEXT NOT NULL,
  json TEXT NOT NULL, PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_order ON items (kind, level, position, topic, id);
CREATE INDEX IF NOT EXISTS by_topic ON items (kind, topic, level, position, id);
CREATE INDEX IF NOT EXISTS by_file ON items (file);
"""


@dataclass(frozen=True)
class Listed:
    """A line of a list: an item without its body."""

    id: str
    topic: str
    level: int
    title: items.Text
    revision: int


class UnknownName(Exception):
    """No item has that id or alias; `close` are the nearest ones."""

    def __init__(self, kind: str, name: str, close: list[str]):
        super().__init__(f"there is no {kind} '{name}'")
        self.kind, self.name, self.close = kind, name, close


class Catalogue:
    """Content by kind and id. Open it with `Catalogue.open()`."""

    def __init__(self, root: Path, connection: sqlite3.Connection):
        self.root = root
        self._connection = connection

    @classmethod
    def open(cls, root: Path | None = None, progress: Progress | None = None) -> Catalogue:
        """The catalogue of the content under `root`, compiled anew where files changed."""
        root = root or content_root()
        catalogue = cls._on_disk(root, progress)
        if catalogue is None:
            catalogue = cls(root, sqlite3.connect(":memory:"))
            catalogue._refresh(progress)
        return catalogue

    @classmethod
    def _on_disk(cls, root: Path, progress: Progress | None) -> Catalogue | None:
        path = _cache_folder() / f"catalogue-{hashlib.blake2b(str(root).encode(), digest_size=6).hexdigest()}.db"
        for attempt in range(2):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                catalogue = cls(root, sqlite3.connect(path, timeout=10))
                catalogue._refresh(progress)
                return catalogue
            except sqlite3.DatabaseError as error:
                if attempt or isinstance(error, sqlite3.OperationalError):
                    return None
                with suppress(OSError):  # a damaged cache is only a cache
                    path.unlink()
            except OSError:
                return None
        return None

    # ------------------------------------------------------------- reading

    def question(self, name: str) -> items.Question:
        """The question with that id."""
        return self._item("question", name, items.Question)

    def drill(self, name: str) -> items.Drill:
        """The drill with that id."""
        return self._item("drill", name, items.Drill)

    def paper(self, name: str) -> items.Paper:
        """The talk with that id."""
        return self._item("paper", name, items.Paper)

    def notes(self, drill: str) -> items.Notes:
        """The notes beside a drill's reference."""
        return self._item("notes", drill, items.Notes)

    def mistakes(self, drill: str) -> tuple[items.Mistake, ...]:
        """The known mistakes of a drill, in the order of its file."""
        rows = self._connection.execute(
            "SELECT json FROM items WHERE kind = 'mistake' AND topic = ? ORDER BY level, position", (drill,)
        )
        return tuple(from_json(items.Mistake, json.loads(row[0])) for row in rows)

    def models(self) -> dict[str, items.ModelCard]:
        """All architecture cards by id."""
        rows = self._connection.execute("SELECT id, json FROM items WHERE kind = 'model'")
        return {row[0]: from_json(items.ModelCard, json.loads(row[1])) for row in rows}

    def has(self, kind: str, name: str) -> bool:
        """Whether there is such an item."""
        query = "SELECT 1 FROM items WHERE kind = ? AND id = ?"
        return self._connection.execute(query, (kind, name)).fetchone() is not None

    def listed(self, kind: str, topic: str | None = None) -> Iterator[Listed]:
        """Items of a kind in the order they are best met: by level, then by their authors' order."""
        where, values = ("", [kind]) if topic is None else ("AND topic = ?", [kind, topic])
        rows = self._connection.execute(
            f"SELECT id, topic, level, en, zh, revision FROM items WHERE kind = ? {where} "
            "ORDER BY level, position, topic, id",
            values,
        )
        for name, found_topic, level, en, zh, revision in rows:
            yield Listed(name, found_topic, level, items.Text(en, zh), revision)

    def ordered_ids(self, kind: str, topic: str | None = None) -> Iterator[str]:
        """Ids only, in the same order, straight from an index."""
        where, values = ("", [kind]) if topic is None else ("AND topic = ?", [kind, topic])
        rows = self._connection.execute(
            f"SELECT id FROM items WHERE kind = ? {where} ORDER BY level, position, topic, id", values
        )
        return (row[0] for row in rows)

    def place(self, kind: str, name: str) -> Listed:
        """Topic, level and title of one item."""
        query = "SELECT id, topic, level, en, zh, revision FROM items WHERE kind = ? AND id = ?"
        row = self._connection.execute(query, (kind, name)).fetchone()
        if row is None:
            raise self._unknown(kind, name)
        return Listed(row[0], row[1], row[2], items.Text(row[3], row[4]), row[5])

    def count(self, kind: str, topic: str | None = None) -> int:
        """How many items of a kind there are."""
        if topic is None:
            return int(self._connection.execute("SELECT count(*) FROM items WHERE kind = ?", (kind,)).fetchone()[0])
        query = "SELECT count(*) FROM items WHERE kind = ? AND topic = ?"
        return int(self._connection.execute(query, (kind, topic)).fetchone()[0])

    def resolve(self, kind: str, name: str) -> str:
        """The id meant by an id, an alias, or either in another spelling.

        Raises:
            UnknownName: with the closest names, for "did you mean".
        """
        wanted = _spelling(name)
        if self.has(kind, wanted):
            return wanted
        for identifier, aliases in self._connection.execute("SELECT id, aliases FROM items WHERE kind = ?", (kind,)):
            if wanted in aliases.split("\n"):
                return str(identifier)
        raise self._unknown(kind, name)

    def problems(self) -> list[Problem]:
        """Why some files were left out when compiling."""
        rows = self._connection.execute("SELECT problems FROM files WHERE problems != '[]' ORDER BY path")
        return [Problem(Path(p[0]), p[1], p[2], p[3]) for row in rows for p in json.loads(row[0])]

    def close(self) -> None:
        """Close the cache file."""
        self._connection.close()

    def _item(self, kind: str, name: str, cls: type[ItemT]) -> ItemT:
        query = "SELECT json FROM items WHERE kind = ? AND id = ?"
        row = self._connection.execute(query, (kind, name)).fetchone()
        if row is None:
            raise self._unknown(kind, name)
        return from_json(cls, json.loads(row[0]))

    def _unknown(self, kind: str, name: str) -> UnknownName:
        import difflib

        names: list[str] = []
        for identifier, aliases in self._connection.execute("SELECT id, aliases FROM items WHERE kind = ?", (kind,)):
            names += [identifier, *filter(None, aliases.split("\n"))]
        return UnknownName(kind, name, difflib.get_close_matches(_spelling(name), names, n=3, cutoff=0.5))

    # ----------------------------------------------------------- compiling

    def _refresh(self, progress: Progress | None) -> None:
        stamps = dict(_stamps(self.root))
        if self._version() == _version() and self._stamps() == stamps:
            return
        connection = self._connection
        connection.isolation_level = None
        connection.execute("BEGIN IMMEDIATE" if self._version() else "BEGIN EXCLUSIVE")
        try:
            if self._version() != _version():
                for table in ("about", "files", "items"):
                    connection.execute(f"DROP TABLE IF EXISTS {table}")
                for statement in filter(str.strip, _LAYOUT.split(";")):
                    connection.execute(statement)
                connection.execute("INSERT INTO about VALUES (?)", (_version(),))
            known = self._stamps()
            for path in known.keys() - stamps.keys():
                self._forget(path)
            changed = [path for path, stamp in stamps.items() if known.get(path) != stamp]
            for done, path in enumerate(changed):
                if progress is not None:
                    progress(done, len(changed))
                self._compile(path, stamps[path])
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise

    def _version(self) -> str | None:
        try:
            row = self._connection.execute("SELECT version FROM about").fetchone()
        except sqlite3.OperationalError:
            return None
        return str(row[0]) if row else None

    def _stamps(self) -> dict[str, str]:
        return dict(self._connection.execute("SELECT path, stamp FROM files"))

    def _forget(self, path: str) -> None:
        self._connection.execute("DELETE FROM items WHERE file = ?", (path,))
        self._connection.execute("DELETE FROM files WHERE path = ?", (path,))

    def _compile(self, path: str, stamp: str) -> None:
        from llmprep.content.library import load_unit

        unit = load_unit(self.root / path)
        self._forget(path)
        problems = json.dumps([[str(p.path), p.line, p.message, p.mend] for p in unit.problems])
        self._connection.execute("INSERT INTO files VALUES (?, ?, ?)", (path, stamp, problems))
        self._connection.executemany(
            "INSERT OR IGNORE INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    entry.kind, entry.id, entry.topic, entry.level, entry.position,
                    getattr(entry.item, "revision", 1), entry.title.en, entry.title.zh,
                    "\n".join(entry.aliases), path, json.dumps(to_json(entry.item), ensure_ascii=False),
                )
                for entry in unit.entries
            ),
        )  # fmt: skip


def _stamps(root: Path) -> Iterator[tuple[str, str]]:
    """(path below root, size and time) of every content file; written with scandir because it runs at every start."""
    for folder in ("questions", "papers", "models"):
        yield from _stamped(root, folder, lambda name: name.endswith(".yaml"))
    for folder, names in (("drills", {"drill.yaml"}), ("solutions", {"mistakes.yaml", "notes.yaml"})):
        with suppress(FileNotFoundError), os.scandir(root / folder) as entries:
            for entry in entries:
                if entry.is_dir():
                    yield from _stamped(root, f"{folder}/{entry.name}", names.__contains__)


def _stamped(root: Path, folder: str, wanted: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    with suppress(FileNotFoundError), os.scandir(root / folder) as entries:
        for entry in entries:
            if wanted(entry.name):
                status = entry.stat()
                yield f"{folder}/{entry.name}", f"{status.st_size}:{status.st_mtime_ns}"


def _version() -> str:
    """Changes when the program or the classes of items change."""
    return f"{__version__}:{Path(items.__file__).stat().st_mtime_ns}"


def _cache_folder() -> Path:
    chosen = os.environ.get("XDG_CACHE_HOME")
    if chosen:
        return Path(chosen) / "llmprep"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "llmprep" / "cache"
    return Path.home() / ".cache" / "llmprep"


def _spelling(name: str) -> str:
    return "-".join(name.strip().lower().replace("_", " ").replace("-", " ").split())


def topics(catalogue: Catalogue) -> dict[str, Any]:
    """Topic id → (title, number of questions)."""
    return {
        listed.id: (listed.title, catalogue.count("question", listed.id)) for listed in catalogue.listed("topic")
    }
