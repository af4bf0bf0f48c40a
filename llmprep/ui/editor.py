"""Opening the learner's own editor, and coming back."""

from __future__ import annotations

import os
from pathlib import Path

from llmprep.ui.terminal import Terminal


def edit(path: Path, terminal: Terminal) -> None:
    """Lend the terminal to the editor of config.toml, $VISUAL or $EDITOR; say so where there is none."""
    import shlex
    import subprocess

    from llmprep.memory.settings import load_settings

    command = load_settings().editor or os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not command:
        terminal.line("drill.no-editor", style="warn")
        return
    try:
        with terminal.lent():
            subprocess.run([*shlex.split(command), str(path)], check=False)
    except (OSError, ValueError) as error:
        terminal.line("drill.editor-failed", style="warn", command=command, reason=error)
