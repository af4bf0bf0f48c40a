"""Where content lies: inside the wheel, or at the root of a checkout."""

from __future__ import annotations

import os
from pathlib import Path

FOLDERS = ("questions", "papers", "models", "drills", "solutions")


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
