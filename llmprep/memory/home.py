"""The learner's own folder, which they can back up or put under git: `$LLMPREP_HOME`, by default ~/llmprep.

Nothing is made before it is needed: asking for a path is free, asking for a folder makes it.
"""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

from llmprep.memory.problems import MemoryProblem, from_os_error


def learner_home() -> Path:
    """The absolute path of the learner's folder, which need not exist yet."""
    chosen = os.environ.get("LLMPREP_HOME") or "~/llmprep"
    try:
        return Path(chosen).expanduser().absolute()
    except RuntimeError as error:  # no home directory is known
        raise MemoryProblem("home-unwritable", Path(chosen), str(error)) from error


def database_path() -> Path:
    """Where progress is kept."""
    return learner_home() / "progress.db"


def config_path() -> Path:
    """Where settings are kept."""
    return learner_home() / "config.toml"


def practice_folder() -> Path:
    """The folder of the files that the learner edits, made when missing."""
    return make_folder(learner_home() / "practice")


def notes_folder() -> Path:
    """The folder of the learner's notes, made when missing."""
    return make_folder(learner_home() / "notes")


def make_folder(folder: Path) -> Path:
    """`folder`, existing and writable; raises `MemoryProblem` when it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise from_os_error(error, folder) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise MemoryProblem("home-unwritable", folder, os.strerror(errno.EACCES))
    return folder


def replace_text(path: Path, text: str) -> None:
    """Write `path` as UTF-8 so that a crash leaves either the old text or the new, never half of one.

    Line ends are written as given; a symbolic link stays one and its target is replaced.
    """
    target = path.resolve()
    make_folder(target.parent)
    half_written = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with half_written.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            half_written.chmod(target.stat().st_mode & 0o777)
        half_written.replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            half_written.unlink()
        raise from_os_error(error, path) from error
