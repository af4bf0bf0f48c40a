"""Reading a paper: the three passes with what is ticked so far, and the plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from llmprep.content.catalogue import Catalogue
from llmprep.content.items import Paper
from llmprep.practice.reading import PASSES, Note, Reading
from llmprep.ui.blocks import prose
from llmprep.ui.terminal import Terminal


def show_reading(name: str, paper: Paper, note: Note, terminal: Terminal) -> None:
    """The checklist as the note file has it, and where that file is."""
    language = terminal.language
    terminal.rule(f"{paper.name[language]} · {paper.year}")
    terminal.print(prose(f"{paper.title}. {paper.authors}, {paper.venue}. {paper.link}", style="faint"), "")
    ticked = iter(note.ticked)
    for one in PASSES:
        terminal.print(Line(f"{one.title[language]} · {_length(one.minutes)}", style="title"))
        for step in one.steps:
            box = "[x]" if next(ticked) else "[ ]"
            terminal.print(Padding(prose(f"- {box} {step[language]}"), (0, 0, 0, 2), expand=False))
        terminal.print(Padding(prose(f"→ {one.goal[language]}", style="faint"), (0, 0, 1, 2), expand=False))
    terminal.line("read.made" if note.is_new else "read.kept", path=note.path)
    terminal.line("read.then", style="faint", name=name)


def _length(minutes: int) -> str:
    return f"{minutes} min" if minutes < 120 else f"{minutes / 60:g} h"


def show_plan(found: Sequence[Reading], until: date, catalogue: Catalogue, terminal: Terminal) -> None:
    """What to have read by which day."""
    language = terminal.language
    terminal.line("read.plan", style="title", count=len(found), day=until.isoformat())
    table = Table.grid(padding=(0, 3))
    for reading in found:
        paper = catalogue.paper(reading.paper)
        mark = terminal.say("explain.must-know") if paper.must_know else ""
        table.add_row(reading.day.isoformat(), reading.paper, prose(paper.name[language]), mark)
    terminal.print(table)
    terminal.line("read.how", style="faint")
