"""What `llmprep doctor` found, one line each."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table
from rich.text import Text as Line

from llmprep.practice.doctor import Finding
from llmprep.ui.terminal import Terminal


def show_findings(findings: Iterable[Finding], terminal: Terminal) -> bool:
    """Print every finding; True when all are good."""
    good = True
    for finding in findings:
        good = good and finding.good
        table = Table.grid(padding=(0, 1))
        for column in range(3):
            table.add_column(overflow="fold", no_wrap=column == 0)
        mark = Line("✓", style="good") if finding.good else Line("✗", style="bad")
        fact = "" if finding.name.startswith("wall.") else finding.fact
        table.add_row(mark, terminal.say(f"doctor.{finding.name}"), fact)
        terminal.print(table)
    terminal.line("doctor.good" if good else "doctor.bad", style="good" if good else "warn")
    return good
