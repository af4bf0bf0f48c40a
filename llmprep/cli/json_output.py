"""JSON on standard output, for programs that read."""

from __future__ import annotations

import json
import sys
from typing import Any


def print_json(data: Any) -> None:
    """One object on one line; escaped where the output's encoding has no Chinese."""
    from llmprep.ui.terminal import silence_output

    escaped = not (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf8")
    try:
        sys.stdout.write(json.dumps(data, ensure_ascii=escaped) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        silence_output()
