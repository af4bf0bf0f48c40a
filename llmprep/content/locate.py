"""Where content lies: inside the wheel, or at the root of a checkout; and which of its files count."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

FOLDERS = ("questions", "papers", "models", "drills", "solutions")
_NESTED = (("drills", "drill.yaml"), ("solutions", "mistakes.yaml"), ("solutions", "notes.yaml"))


def content_root() -> Path:
    """The folder that holds `questions/`, `papers/`, `models/`, `drills/` and `solutions/`.

    `$LLMPREP_CONTENT` names another one, for authors of private banks and for tests.
    """
    chosen = os.environ.get("LLMPREP_CONTENT")
    if chosen:
        return Path(chosen).expanduser().resolve()
    package = Path(__file__).resolve().parent.parent
    installed = package / "_content"
    return installed if installed.is_dir() else package.parent


def is_checkout() -> bool:
    """Whether content is read from a folder that its author can edit."""
    return content_root().name != "_content"


def content_files(root: Path) -> Iterator[tuple[str, os.stat_result | None]]:
    """Every content file (`questions/rlhf.yaml`) and its status; None where it cannot even be looked at.

    Hidden files are not content: editors leave locks and swap files beside what they edit. A folder that
    cannot be listed stands for itself. With scandir, because this runs at every start.
    """
    for folder in ("questions", "papers", "models"):
        yield from _files(root, folder, lambda name: name.endswith(".yaml"))
    yield from _files(root, "drills", "families.yaml".__eq__)
    for outer, wanted in _NESTED:
        entries = _scan(root / outer)
        if entries is None:
            yield outer, None
        for entry in entries or ():
            if entry.is_dir():
                yield from _files(root, f"{outer}/{entry.name}", wanted.__eq__)


def _files(
    root: Path, folder: str, wanted: Callable[[str], bool]
) -> Iterator[tuple[str, os.stat_result | None]]:
    entries = _scan(root / folder)
    if entries is None:
        yield folder, None
    for entry in entries or ():
        if wanted(entry.name):
            try:
                yield f"{folder}/{entry.name}", entry.stat()
            except OSError:
                yield f"{folder}/{entry.name}", None


def _scan(folder: Path) -> list[os.DirEntry[str]] | None:
    """The visible entries by name; none where there is no such folder, None where it cannot be listed.

    A name that is not UTF-8 cannot be stored or printed, so its file is not content.
    """
    try:
        with os.scandir(folder) as entries:
            found = [
                entry for entry in entries if not entry.name.startswith(".") and entry.name.isprintable()
            ]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError:
        return None
    return sorted(found, key=lambda entry: entry.name)
