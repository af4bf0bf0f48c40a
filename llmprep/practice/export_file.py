"""Writing what is exported: nothing that is there already is overwritten unless that was asked for."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def write_export(path: Path, content: bytes, replace: bool = False) -> None:
    """Write a file whole or not at all.

    Raises:
        FileExistsError: there is one, and `replace` does not hold.
        OSError: it cannot be written.
    """
    if path.exists() and not replace:
        raise FileExistsError(path)
    half_written = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        half_written.write_bytes(content)
        half_written.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            half_written.unlink()
        raise
