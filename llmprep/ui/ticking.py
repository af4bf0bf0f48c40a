"""Ticking off points and choosing a rating: the two gestures that quiz and rehearsal share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from rich.console import Group
from rich.table import Table
from rich.text import Text as Line

from llmprep.memory.records import Rating
from llmprep.ui.blocks import prose
from llmprep.ui.intervals import interval
from llmprep.ui.terminal import Quit, Terminal

RATINGS: tuple[Rating, ...] = (1, 2, 3, 4)


def tick(points: Sequence[str], ticked: set[int], terminal: Terminal) -> set[int]:
    """Let the learner toggle points by their numbers until Enter; the list is redrawn in place.

    Raises:
        Quit: q, Ctrl-C or Ctrl-D.
    """
    import asyncio

    return asyncio.run(_tick(points, set(ticked), terminal))


async def _tick(points: Sequence[str], ticked: set[int], terminal: Terminal) -> set[int]:
    from rich.live import Live

    digits = "".join(str(index + 1) for index in range(len(points)))
    footer = Line(terminal.say("quiz.points-keys", digits=f"1–{len(points)}"), style="faint")
    with Live(console=terminal.console, auto_refresh=False, transient=True) as live:
        async with terminal.keys() as pressed:
            while True:
                live.update(Group(_boxes(points, ticked), footer), refresh=True)
                key = await pressed.get()
                if key in ("enter", " "):
                    break
                if key == "q":
                    raise Quit
                if key == "a":
                    ticked = set(range(len(points)))
                elif key in digits:
                    ticked ^= {int(key) - 1}
    terminal.print(_boxes(points, ticked))
    return ticked


def _boxes(points: Sequence[str], ticked: set[int]) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for index, point in enumerate(points):
        style = "good" if index in ticked else None
        label = f"  {index + 1} [{'x' if index in ticked else ' '}]"
        table.add_row(Line(label, style=style or "key"), prose(point, style=style))
    return table


def labelled(label: str, text: str) -> Table:
    """One lettered line, its text hanging beside the letter."""
    row = Table.grid(padding=(0, 1))
    row.add_column(no_wrap=True)
    row.add_column(overflow="fold")
    row.add_row(Line(f"  {label}", style="key"), prose(text))
    return row


def ask_rating(suggested: Rating, intervals: Mapping[Rating, timedelta], terminal: Terminal) -> Rating | None:
    """The learner's rating; Enter takes the suggested one; None to undo.

    Raises:
        Quit: q, Ctrl-C or Ctrl-D.
    """
    terminal.line("quiz.rate", style="title")
    row = Line("  ")
    for rating in RATINGS:
        when = f" ({interval(intervals[rating], terminal.language)})" if rating in intervals else ""
        label = f"{rating} {terminal.say(f'quiz.rating.{rating}')}{when}"
        row.append(
            f"[{label}]" if rating == suggested else f" {label} ", style="key" if rating == suggested else ""
        )
    terminal.print(row)
    terminal.line("quiz.rate-keys", style="faint", suggested=suggested)
    key = terminal.key(("1", "2", "3", "4", "enter", "u"))
    if key == "u":
        return None
    return suggested if key == "enter" else RATINGS[int(key) - 1]
