"""All content, compiled once into a small SQLite file and then found by key.

Starting the program costs the same with fifty thousand questions as with fifty: file stamps are compared, and
only the items asked for are read. When no cache can be written, or the one there is turns out damaged, the
catalogue is compiled into memory.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from llmprep.content import full_text, items
from llmprep.content.compile import Progress, refresh, version_of_this_room
from llmprep.content.json_form import from_json
from llmprep.content.locate import content_root
from llmprep.content.names import spelling
from llmprep.content.problems import Problem

__all__ = ["Catalogue", "Listed", "Progress", "UnknownName"]

ItemT = TypeVar("ItemT")
FIRST_PAGE, PAGE = 10, 200
"""Items listed with one query; most listeners stop at the first few. An open query would keep other programs
from renewing the cache."""
ENOUGH_HITS = 5
"""With fewer, a search goes on with what says only part of what was asked."""
PATIENCE_SECONDS = 10.0
"""How long to wait for another program that is writing the cache."""
KEEP_OTHERS_SECONDS = 86_400.0
"""A cache of another version is removed when it is a day old."""


@dataclass(frozen=True)
class Listed:
    """A line of a list: an item without its body."""

    id: str
    topic: str
    level: int
    title: items.Text
    revision: int


class Hit(NamedTuple):
    """An item that a search found; `json` is all of it, as it is stored."""

    kind: str
    id: str
    topic: str
    title: items.Text
    json: str


class UnknownName(Exception):  # noqa: N818 - a name is wrong, not the program
    """No item has that id or alias; `close` are the nearest ones."""

    def __init__(self, kind: str, name: str, close: list[str]):
        super().__init__(f"there is no {kind} '{name}'")
        self.kind, self.name, self.close = kind, name, close


class Catalogue:
    """Content by kind and id. Open it with `Catalogue.open()`."""

    def __init__(
        self,
        root: Path,
        connection: sqlite3.Connection,
        cache: Path | None = None,
        own: tuple[Path, ...] = (),
    ):
        self.root = root
        self.own = own
        self._connection = connection
        self._cache = cache

    @classmethod
    def open(
        cls, root: Path | None = None, progress: Progress | None = None, own: Sequence[Path] = ()
    ) -> Catalogue:
        """The catalogue of the content under `root` and in the folders `own`; what changed is compiled anew.

        An id that stands in both belongs to `root`.
        """
        root, own = (root or content_root()).resolve(), tuple(folder.resolve() for folder in own)
        cache = _cache_file(root, own)
        connection = _on_disk(cache, root, progress, own) if cache is not None else None
        if connection is None:
            return cls(root, _in_memory(root, progress, own), own=own)
        return cls(root, connection, cache, own)

    def root_of_drill(self, name: str) -> Path:
        """The folder whose drills/ and solutions/ have a drill: ours or one of the learner's own."""
        for (file,) in self._rows("SELECT file FROM items WHERE kind = 'drill' AND id = ?", name):
            return Path(self.root, str(file)).parents[2]
        return self.root

    def close(self) -> None:
        """Close the cache file."""
        self._connection.close()

    # ------------------------------------------------------------- reading

    def question(self, name: str) -> items.Question:
        """The question with that id."""
        return self._item("question", name, items.Question)

    def drill(self, name: str) -> items.Drill:
        """The drill with that id."""
        return self._item("drill", name, items.Drill)

    def drills(self) -> dict[str, items.Drill]:
        """All drills by id, family by family and in their authors' order there."""
        families = [
            row[0] for row in self._rows("SELECT id FROM items WHERE kind = 'family' ORDER BY position")
        ]
        place = {family: number for number, family in enumerate(families)}
        rows = self._rows("SELECT id, json FROM items WHERE kind = 'drill' ORDER BY position, id")
        found = {row[0]: from_json(items.Drill, json.loads(row[1])) for row in rows}
        return dict(sorted(found.items(), key=lambda pair: place.get(pair[1].topic, len(place))))

    def topics(self) -> dict[str, items.Topic]:
        """All topics by id, in the order they are best learned."""
        rows = self._rows("SELECT id, json FROM items WHERE kind = 'topic' ORDER BY position, id")
        return {row[0]: from_json(items.Topic, json.loads(row[1])) for row in rows}

    def paper(self, name: str) -> items.Paper:
        """The talk with that id."""
        return self._item("paper", name, items.Paper)

    def notes(self, drill: str) -> items.Notes:
        """The notes beside a drill's reference."""
        return self._item("notes", drill, items.Notes)

    def mistakes(self, drill: str) -> tuple[items.Mistake, ...]:
        """The known mistakes of a drill, in the order of its file."""
        rows = self._rows(
            "SELECT json FROM items WHERE kind = 'mistake' AND topic = ? ORDER BY level, position, id", drill
        )
        return tuple(from_json(items.Mistake, json.loads(row[0])) for row in rows)

    def models(self) -> dict[str, items.ModelCard]:
        """All architecture cards by id."""
        rows = self._rows("SELECT id, json FROM items WHERE kind = 'model'")
        return {row[0]: from_json(items.ModelCard, json.loads(row[1])) for row in rows}

    def tree(self) -> dict[str, items.Node]:
        """All models of the evolutionary tree by id, in the order of their appearance."""
        rows = self._rows("SELECT id, json FROM items WHERE kind = 'node' ORDER BY position")
        found = {row[0]: from_json(items.Node, json.loads(row[1])) for row in rows}
        return dict(sorted(found.items(), key=lambda pair: pair[1].when))

    def has(self, kind: str, name: str) -> bool:
        """Whether there is such an item."""
        return bool(self._rows("SELECT 1 FROM items WHERE kind = ? AND id = ?", kind, name))

    def listed(self, kind: str, topic: str | None = None) -> Iterator[Listed]:
        """Items of a kind in the order they are best met: by level, then by their authors' order."""
        for name, found_topic, level, _, en, zh, revision in self._paged("en, zh, revision", kind, topic):
            yield Listed(name, found_topic, level, items.Text(en, zh), revision)

    def ordered_ids(self, kind: str, topic: str | None = None) -> Iterator[str]:
        """Ids only, in the same order, straight from an index."""
        return (row[0] for row in self._paged("1", kind, topic))

    def place(self, kind: str, name: str) -> Listed:
        """Topic, level and title of one item."""
        query = "SELECT id, topic, level, en, zh, revision FROM items WHERE kind = ? AND id = ?"
        for row in self._rows(query, kind, name):
            return Listed(row[0], row[1], row[2], items.Text(row[3], row[4]), row[5])
        raise self._unknown(kind, name)

    def count(self, kind: str, topic: str | None = None) -> int:
        """How many items of a kind there are."""
        query = "SELECT coalesce(sum(number), 0) FROM counts WHERE kind = ? AND (? IS NULL OR topic = ?)"
        return int(self._rows(query, kind, topic, topic)[0][0])

    def search(self, words: str, kinds: Sequence[str] = full_text.INDEXED, limit: int = 20) -> list[Hit]:
        """Items that say all of `words`, or else some of them, the nearest first; titles count five times."""
        of_kinds = ", ".join("?" * len(kinds))
        query = (
            "SELECT i.kind, i.id, i.topic, i.en, i.zh, i.json "
            "FROM search s JOIN items i ON i.rowid = s.rowid "
            f"WHERE search MATCH ? AND i.kind IN ({of_kinds}) ORDER BY bm25(search, 5.0, 1.0) LIMIT ?"
        )
        found: dict[tuple[str, str], Hit] = {}
        for wanted in full_text.queries(words):
            if len(found) >= ENOUGH_HITS:
                break
            for kind, name, topic, en, zh, body in self._rows(query, wanted, *kinds, limit):
                found.setdefault((kind, name), Hit(kind, name, topic, items.Text(en, zh), body))
        return list(found.values())[:limit]

    def resolve(self, kind: str, name: str) -> str:
        """The id meant by an id, an alias, or either in another spelling.

        Raises:
            UnknownName: with the closest names, for "did you mean".
        """
        wanted = spelling(name)
        if self.has(kind, wanted):
            return wanted
        for row in self._rows(
            "SELECT id FROM aliases WHERE kind = ? AND alias = ? ORDER BY id", kind, wanted
        ):
            if self.has(kind, row[0]):
                return str(row[0])
        raise self._unknown(kind, name)

    def problems(self) -> list[Problem]:
        """Why some files, and items whose id another file has, were left out when compiling."""
        rows = self._rows("SELECT problems FROM files WHERE problems != '[]' ORDER BY path")
        found = [Problem(Path(p[0]), p[1], p[2], p[3]) for row in rows for p in json.loads(row[0])]
        taken = self._rows(
            "SELECT s.kind, s.id, s.file, s.line, i.file, i.line FROM shadowed s "
            "JOIN items i ON i.kind = s.kind AND i.id = s.id ORDER BY s.file, s.line"
        )
        for kind, name, file, line, other, other_line in taken:
            message = f"the {kind} id '{name}' is taken ({Path(other).name}:{other_line})"
            found.append(Problem(self.root / file, line, message, "choose another id"))
        return found

    def _item(self, kind: str, name: str, cls: type[ItemT]) -> ItemT:
        for row in self._rows("SELECT json FROM items WHERE kind = ? AND id = ?", kind, name):
            return from_json(cls, json.loads(row[0]))
        raise self._unknown(kind, name)

    def _unknown(self, kind: str, name: str) -> UnknownName:
        import difflib

        names = self._rows(
            "SELECT id FROM items WHERE kind = ? UNION SELECT alias FROM aliases WHERE kind = ?", kind, kind
        )
        close = difflib.get_close_matches(spelling(name), [row[0] for row in names], n=3, cutoff=0.5)
        return UnknownName(kind, name, close)

    def _paged(self, columns: str, kind: str, topic: str | None) -> Iterator[tuple[Any, ...]]:
        """(id, topic, level, position, *columns) in order, a page at a time."""
        in_topic = "" if topic is None else "AND topic = ?"
        query = (
            f"SELECT id, topic, level, position, {columns} FROM items WHERE kind = ? {in_topic} "
            "AND (level, position, topic, id) > (?, ?, ?, ?) "
            "ORDER BY level, position, topic, id LIMIT ?"
        )
        scope = (kind,) if topic is None else (kind, topic)
        last: tuple[Any, ...] = (-1, -1, "", "")
        for limit in itertools.chain((FIRST_PAGE,), itertools.repeat(PAGE)):
            page = self._rows(query, *scope, *last, limit)
            yield from page
            if len(page) < limit:
                return
            name, found_topic, level, position = page[-1][:4]
            last = (level, position, found_topic, name)

    def _rows(self, query: str, *values: str | int | None) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError:
            if self._cache is None:
                raise
        # the cache is damaged, or its disk fails: a cache is only a cache
        self._connection.close()
        _remove(self._cache)
        self._connection, self._cache = _in_memory(self.root, None, self.own), None
        return self._connection.execute(query, values).fetchall()


# ---------------------------------------------------------------- the cache file


def _on_disk(
    cache: Path, root: Path, progress: Progress | None, own: tuple[Path, ...]
) -> sqlite3.Connection | None:
    """The refreshed cache; None if it can neither be used nor made anew."""
    for _ in range(2):
        connection = None
        try:
            is_new = not cache.exists()
            cache.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(cache, timeout=PATIENCE_SECONDS)
            refresh(connection, root, progress, own)
            if is_new:
                _remove_others(cache)
            return connection
        except (sqlite3.Error, OSError) as error:
            if connection is not None:
                connection.close()
            if isinstance(
                error, sqlite3.OperationalError | OSError
            ):  # not writable, full, or locked for long
                return None
            _remove(cache)
        except BaseException:
            if connection is not None:
                connection.close()
            raise
    return None


def _in_memory(root: Path, progress: Progress | None, own: tuple[Path, ...]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    refresh(connection, root, progress, own)
    return connection


def _cache_file(root: Path, own: tuple[Path, ...]) -> Path | None:
    """Of this content and this version of the program; None where there is no place for one."""
    folder = cache_folder()
    if folder is None:
        return None
    content, version = (
        hashlib.blake2b(part.encode(errors="surrogatepass"), digest_size=6).hexdigest()
        for part in ("\n".join(map(str, (root, *own))), version_of_this_room())
    )
    return folder / f"catalogue-{content}-{version}.db"


def cache_folder() -> Path | None:
    chosen = os.environ.get("XDG_CACHE_HOME")
    if chosen and Path(chosen).is_absolute():
        return Path(chosen) / "llmprep"
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home) / "llmprep" / "cache"
    return home / ".cache" / "llmprep"


def _remove(cache: Path) -> None:
    for path in (cache, cache.with_name(cache.name + "-journal")):
        with suppress(OSError):
            path.unlink()


def _remove_others(cache: Path) -> None:
    """Remove what other versions left for the same content."""
    content = cache.name.rpartition("-")[0]
    for other in cache.parent.glob(f"{content}-*.db"):
        with suppress(OSError):
            if other != cache and time.time() - other.stat().st_mtime > KEEP_OTHERS_SECONDS:
                _remove(other)
