"""The folder that a worker may write in: how much is in it, and how it is emptied.

What lies there was made by a candidate: links, folders without rights, nested deeper than a path is long.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path


def exceeds(folder: Path, most_bytes: int, most_files: int) -> bool:
    """Whether there is more in a folder than that; links are counted, not followed.

    Args:
        most_files: a few hundred, because the walk goes no deeper than there are files.
    """
    used = files = 0
    for where, folders, names in os.walk(folder):
        for name in (*folders, *names):
            with suppress(OSError):
                used += os.lstat(f"{where}/{name}").st_blocks * 512
            files += 1
            if used > most_bytes or files > most_files:
                return True
    return False


def empty(folder: Path) -> None:
    """Remove everything in a folder that nobody writes in any more; links are removed, not followed.

    A folder's entries are moved to the top before it is removed, so that no depth is too deep.
    """
    unused = secrets.token_hex(8)
    waiting = os.listdir(folder)  # noqa: PTH208  # names, not paths
    moved = 0
    while waiting:
        path = folder / waiting.pop()
        with suppress(OSError):
            if path.is_symlink() or not path.is_dir():
                path.unlink()
                continue
            path.chmod(0o700)
            for entry in os.listdir(path):  # noqa: PTH208
                name = f"{unused}-{moved}"
                os.rename(path / entry, folder / name)  # noqa: PTH104  # never onto another file system
                waiting.append(name)
                moved += 1
            path.rmdir()
