"""What `llmprep doctor` found, one line each."""

from __future__ import annotations

from collections.abc import Iterable

from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from llmprep.practice.doctor import Finding
from llmprep.ui.blocks import prose
from llmprep.ui.terminal import Terminal

MENDS = (
    "python",
    "torch",
    "libraries",
    "editor",
    "width",
    "encoding",
    "content",
    "home",
    "database",
    "judge",
)


def _mend(name: str) -> str | None:
    """The sentence that says how to mend a finding; the walls have one in common."""
    if name.startswith("wall."):
        return "doctor.mend.wall"
    return f"doctor.mend.{name}" if name in MENDS else None


def show_findings(findings: Iterable[Finding], terminal: Terminal) -> bool:
    """Print every finding; True when all are good."""
    bad: list[str] = []
    for finding in findings:
        bad += [] if finding.good else [finding.name]
        table = Table.grid(padding=(0, 1))
        for column in range(3):
            table.add_column(overflow="fold", no_wrap=column == 0)
        mark = Line("✓", style="good") if finding.good else Line("✗", style="bad")
        fact = "" if finding.name.startswith("wall.") else finding.fact
        table.add_row(mark, terminal.say(f"doctor.{finding.name}"), fact)
        terminal.print(table)
        if not finding.good and (key := _mend(finding.name)) is not None:
            terminal.print(Padding(prose(terminal.say(key)), (0, 0, 0, 4), expand=False))
    if not bad:
        terminal.line("doctor.good", style="good")
    else:
        walls_only = all(name.startswith("wall.") for name in bad)
        terminal.line("doctor.bad" if walls_only else "doctor.mend-these", style="warn")
    return not bad
