"""Makes a working progress.db out of a damaged one. Only ever called because the learner asked for it."""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from llmprep.memory.database import connect, problems_of, transaction
from llmprep.memory.home import database_path
from llmprep.memory.problems import from_os_error
from llmprep.memory.records import Event
from llmprep.memory.rows import INSERT_EVENT, event_row
from llmprep.memory.salvage import readable_events
from llmprep.memory.settings import Settings
from llmprep.memory.store import open_store

_INSERT_SOUND = INSERT_EVENT.replace("INSERT", "INSERT OR IGNORE", 1)  # damage may have made two undos of one
_COMPANIONS = ("-wal", "-shm", "-journal")


@dataclass(frozen=True)
class Recovery:
    """What `recover` saved. `missing` counts the gaps in the log; what its end has lost cannot be counted."""

    broken: Path
    events: int
    cards: int
    missing: int


def recover(settings: Settings, path: Path | None = None) -> Recovery:
    """Replace a damaged database by a new one with every event that can be read.

    The damaged file is kept beside it as `progress.db.broken-<date>`. Until the new one is complete nothing
    is touched, so that this can be interrupted and repeated. No other program may have the database open.
    """
    path = path or database_path()
    try:
        broken = _keep_aside(path, settings)
        events = readable_events(path)
        fresh = path.with_name(f"{path.name}.recovering")
        _remove(fresh, *_companions(fresh))
        saved, cards = _write(fresh, events, settings)
        _remove(*_companions(path))  # they belong to the damaged file and would spoil the new one
        fresh.replace(path)
    except OSError as error:
        raise from_os_error(error, path) from error
    last = events[-1].id if events else 0
    return Recovery(broken, saved, cards, last - saved)


def _keep_aside(path: Path, settings: Settings) -> Path:
    """A copy of the damaged file and its companions under a name that is still free."""
    from llmprep.memory.clock import Clock

    name = f"{path.name}.broken-{Clock(settings.day_turns_at).today().isoformat()}"
    broken, number = path.with_name(name), 1
    while broken.exists():
        number += 1
        broken = path.with_name(f"{name}-{number}")
    for source, target in zip(_companions(path), _companions(broken), strict=True):
        if source.exists():
            shutil.copy2(source, target)
    shutil.copy2(path, broken)
    return broken


def _write(path: Path, events: list[Event], settings: Settings) -> tuple[int, int]:
    """A new database with these events at `path`; returns how many events and cards it has."""
    with problems_of(path), contextlib.closing(connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")  # an undo stays readable when its review is lost
        with transaction(connection):
            saved = connection.executemany(_INSERT_SOUND, map(event_row, events)).rowcount
    with open_store(settings, path) as store:
        cards = store.rebuild()
    with problems_of(path), contextlib.closing(connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")  # everything is in one file, or this fails
    return saved, cards


def _companions(path: Path) -> list[Path]:
    return [path.with_name(path.name + suffix) for suffix in _COMPANIONS]


def _remove(*paths: Path) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
