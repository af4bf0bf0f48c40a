"""`python -m llmprep.content [FILE…]`: validate content files, without the judge."""

from __future__ import annotations

import sys
from pathlib import Path

from llmprep.content.library import load_library
from llmprep.content.locate import content_root
from llmprep.content.rules import check_library


def main(arguments: list[str]) -> int:
    """Print every problem of the named files (or of all); 1 when there is one."""
    units = load_library(content_root())
    wanted = {Path(argument).resolve() for argument in arguments}
    problems = [p for p in check_library(units) if not wanted or p.path.resolve() in wanted]
    for problem in problems:
        sys.stdout.write(f"{problem}\n")
    count = sum(len(unit.entries) for unit in units if not wanted or unit.path.resolve() in wanted)
    sys.stdout.write(f"{count} items, {len(problems)} problems\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
