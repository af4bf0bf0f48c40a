"""What can go wrong with the learner's own files, as data: the words, in zh and en, live in ui."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Literal

ProblemKind = Literal[
    "home-unwritable",  # the learner's folder or a file in it cannot be made or written
    "disk-full",
    "disk-failing",  # the system reports an input/output error
    "database-corrupt",  # `recovery.recover` saves what is readable
    "database-newer",  # written by a newer llmprep; detail names the unknown migrations
    "database-busy",  # another program has held the database for longer than we wait
    "config-broken",  # not TOML, not UTF-8 or not readable; `line` says where when known
    "setting-invalid",  # `key` at `line` has the value `detail`; `expected` says what is allowed
    "clock-broken",  # $LLMPREP_NOW is not a date and time
]


class MemoryProblem(Exception):  # noqa: N818 - it speaks to learners
    """One problem, structured: what happened, to which path, and what is needed to say how to mend it.

    `detail` is the technical remainder (the system's message, the offending value), in no language.
    """

    def __init__(
        self,
        kind: ProblemKind,
        path: Path,
        detail: str,
        *,
        line: int | None = None,
        key: str | None = None,
        expected: str | None = None,
    ):
        super().__init__(f"{kind}: {path}{'' if line is None else f':{line}'}: {detail}")
        self.kind: ProblemKind = kind
        self.path = path
        self.detail = detail
        self.line = line
        self.key = key
        self.expected = expected


def from_os_error(error: OSError, path: Path) -> MemoryProblem:
    """The problem behind an operating system's error while writing `path`."""
    kind: ProblemKind = "home-unwritable"
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG):
        kind = "disk-full"
    elif error.errno == errno.EIO:
        kind = "disk-failing"
    return MemoryProblem(kind, path, error.strerror or str(error))
