"""`drill --against`: the learner's outputs and a library's, a line per place."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text as Line

from llmprep.practice.against import ComparedPlace, Comparison
from llmprep.ui.terminal import Terminal


def show_comparison(comparison: Comparison, terminal: Terminal) -> None:
    """Print every place with its shape and its largest difference, then what follows from them."""
    if comparison.missing is not None:
        terminal.line("against.missing", style="warn", library=comparison.missing)
        return
    if comparison.counterpart:
        name, version = comparison.counterpart, comparison.version
        terminal.line("against.title", name=name, version=version)
    table = Table.grid(padding=(0, 2))
    for place in comparison.places:
        mark = Line("✓", style="good") if place.equal else Line("✗", style="bad")
        table.add_row(mark, place.name, _shape(place.ours), _difference(place, terminal))
    terminal.print(table)
    if comparison.failed is not None:
        terminal.line("against.failed", style="bad", said=_said(comparison.failed))
    elif comparison.equal:
        terminal.line("against.equal", style="good")
    else:
        first = next(place for place in comparison.places if not place.equal)
        terminal.line("against.different", style="bad", place=first.name)


def _difference(place: ComparedPlace, terminal: Terminal) -> str:
    if place.ours != place.theirs:
        return terminal.say("against.shape", shape=_shape(place.theirs))
    if place.error is None:
        return terminal.say("against.not-finite")
    return terminal.say("against.error", error=f"{place.error:.0e}" if place.error else "0")


def _shape(shape: tuple[int, ...]) -> str:
    return str(shape)


def _said(failed: dict[str, object]) -> str:
    kind, text = str(failed.get("type", "")), str(failed.get("message", ""))
    where = f" ({failed['line']}: {failed['code']})" if failed.get("code") else ""
    return f"{kind}: {text}{where}" if kind else text
