"""A calculation on the screen: name and result, the formula, the numbers put in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.table import Table
from rich.text import Text as Line

from llmprep.calc.quantity import format_quantity
from llmprep.calc.step import Step
from llmprep.calc.units import GiB
from llmprep.ui.blocks import prose
from llmprep.ui.calc_words import bound, step_name
from llmprep.ui.terminal import Terminal


def show_steps(title: str, steps: Sequence[Step], terminal: Terminal) -> None:
    """All steps, the last of which is the result asked for."""
    terminal.rule(title)
    for step in steps:
        head = Table.grid(expand=True, padding=(0, 1))
        head.add_column(ratio=1)
        head.add_column(justify="right", no_wrap=True)
        head.add_row(
            Line(step_name(step.name, terminal.language), style="title"), Line(result(step), style="key")
        )
        terminal.print(head)
        terminal.print(prose(f"  {step.said}"))
        if step.filled != step.said:
            terminal.print(prose(f"  = {step.filled}", style="faint"))
    found = {step.name: step.value for step in steps}
    if "ridge" in found:
        by = "compute" if found["intensity"] > found["ridge"] else "memory"
        terminal.print(prose(bound(by, terminal.language)))


def result(step: Step) -> str:
    """The result with its unit; bytes also as GiB."""
    said = format_quantity(step.value)
    if step.unit == "bytes" and step.value >= GiB / 10:
        return f"{format_quantity(step.value / GiB)} GiB"
    if step.unit == "$":
        return f"$ {said}"
    return f"{said} {step.unit}".rstrip()


def as_json(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """The same for programs."""
    return [
        {
            "name": step.name,
            "formula": step.formula,
            "values": dict(step.values),
            "value": step.value,
            "unit": step.unit,
            "source": step.source,
        }
        for step in steps
    ]
