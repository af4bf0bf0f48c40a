"""One open progress.db: how it is opened and checked, its transactions, and its errors as problems."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from llmprep.memory import migrations
from llmprep.memory.home import make_folder
from llmprep.memory.problems import MemoryProblem, ProblemKind
from llmprep.memory.rows import CARD_COLUMNS, EVENT_COLUMNS

if TYPE_CHECKING:
    import sqlite3

BUSY_SECONDS = 5.0
_HEADER_SIZE = 100  # bytes, https://www.sqlite.org/fileformat2.html
_ROOM_TO_WORK = 256 * 1024  # bytes; with less on the disk, an odd error is a full disk

# SQLite's primary result codes, https://www.sqlite.org/rescode.html
_WRONG_STATEMENT = 1  # SQLITE_ERROR
_KIND_OF_CODE: dict[int, ProblemKind] = {
    3: "home-unwritable",  # SQLITE_PERM
    5: "database-busy",
    6: "database-busy",  # SQLITE_LOCKED
    8: "home-unwritable",  # SQLITE_READONLY
    10: "disk-failing",  # SQLITE_IOERR
    11: "database-corrupt",
    13: "disk-full",
    14: "home-unwritable",  # SQLITE_CANTOPEN
    26: "database-corrupt",  # SQLITE_NOTADB
}


def connect(path: Path) -> sqlite3.Connection:
    """Open `path` with everything it needs in place, made when missing; raises `MemoryProblem`.

    The check for damage is the one that costs nothing: header, size, columns, root and end of both tables.
    Damage elsewhere shows as the same problem when it is first read.
    """
    import sqlite3

    make_folder(path.parent)
    _refuse_scraps(path)
    with problems_of(path):
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            _configure(connection)
            _bring_up_to_date(connection, path)
            connection.execute(f"SELECT {EVENT_COLUMNS} FROM events ORDER BY id DESC LIMIT 1").fetchone()
            connection.execute(f"SELECT {CARD_COLUMNS} FROM cards ORDER BY card DESC LIMIT 1").fetchone()
        except BaseException as error:
            connection.close()
            if getattr(error, "sqlite_errorcode", None) == _WRONG_STATEMENT:  # the statements are right
                raise MemoryProblem("database-corrupt", path, str(error)) from error
            raise
    return connection


def _refuse_scraps(path: Path) -> None:
    """SQLite would take the remains of a file for a new database and write over them."""
    log = path.with_name(f"{path.name}-wal")
    size = path.stat().st_size if path.exists() else 0
    if size < _HEADER_SIZE and (size or (log.exists() and log.stat().st_size)):
        raise MemoryProblem("database-corrupt", path, f"{size} B")


def _configure(connection: sqlite3.Connection) -> None:
    import sqlite3

    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA recursive_triggers = ON")  # else INSERT OR REPLACE deletes without being asked
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA synchronous = FULL")
    if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        # refused by network file systems and while another program looks on: a rollback journal is as safe
        with suppress(sqlite3.OperationalError):
            connection.execute("PRAGMA journal_mode = WAL")


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("BEGIN")  # both are read from one state: another program may be making the tables
    try:
        applied = migrations.applied_names(connection)
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    finally:
        connection.execute("ROLLBACK")
    tables = {name for (name,) in found}
    if unknown := migrations.unknown_names(applied):
        raise MemoryProblem("database-newer", path, ", ".join(unknown))
    if tables and not (applied and tables >= {"events", "cards"}):
        raise MemoryProblem("database-corrupt", path, f"tables: {', '.join(sorted(tables))}")
    if len(applied) < len(migrations.MIGRATIONS):
        with transaction(connection):
            migrations.migrate(connection)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing, on the disk when it ends; waits for another program that writes."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def problems_of(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about the file into `MemoryProblem`; those of our own statements stay errors."""
    import sqlite3

    try:
        yield
    except UnicodeDecodeError as error:  # in a text, a name or a message
        raise MemoryProblem("database-corrupt", path, str(error)) from error
    except sqlite3.Error as error:
        problem = _problem(error, path)
        if problem is None:
            raise
        raise problem from error


def _problem(error: sqlite3.Error, path: Path) -> MemoryProblem | None:
    code = getattr(error, "sqlite_errorcode", None)
    kind = _KIND_OF_CODE.get(code & 0xFF) if code is not None else None
    if "Could not decode to UTF-8" in str(error):  # raised by Python, without a code
        kind = "database-corrupt"
    if kind in ("disk-failing", "home-unwritable") and _disk_is_full(path):
        kind = "disk-full"
    return None if kind is None else MemoryProblem(kind, path, str(error))


def _disk_is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _ROOM_TO_WORK
    except OSError:
        return False
