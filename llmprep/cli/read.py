"""`llmprep read`: a paper in three passes, with notes; or a plan of what to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from llmprep.cli.completion import names_of
from llmprep.cli.options import Lang

if TYPE_CHECKING:
    from datetime import date

    from llmprep.cli.context import App


def read(
    paper: Annotated[str | None, typer.Argument(help="Which paper; default: the next of the plan.", show_default=False, autocompletion=names_of("paper"))] = None,
    edit: Annotated[bool, typer.Option("--edit", help="Open the note file in your editor.")] = False,
    plan: Annotated[bool, typer.Option("--plan", help="What to read by which day, one to two papers a week.")] = False,
    until: Annotated[str | None, typer.Option("--until", help="The day of the interview, 2027-03-01; default: in eight weeks.", show_default=False)] = None,
    per_week: Annotated[float, typer.Option("--per-week", help="Papers a week.", min=0.1, max=21)] = 2.0,
    lang: Lang = None,
) -> None:  # fmt: skip
    """Read a paper in three passes; your notes are made once and never overwritten."""
    from llmprep.cli.context import App
    from llmprep.practice import reading
    from llmprep.ui import reading_screen

    opened = App(lang)
    today = opened.store.clock.today()
    last = _day(until, today, opened)
    found = reading.plan(opened.catalogue, today, last, per_week)
    if plan:
        if not found:
            opened.terminal.line("read.all-read")
            return
        reading_screen.show_plan(found, last, opened.catalogue, opened.terminal)
        return
    name = opened.catalogue.resolve("paper", paper) if paper else found[0].paper if found else None
    if name is None:
        opened.terminal.line("read.all-read")
        return
    item = opened.catalogue.paper(name)
    note = reading.open_note(name, item, opened.language)
    reading_screen.show_reading(name, item, note, opened.terminal)
    if edit:
        from llmprep.ui.editor import edit as edit_file

        edit_file(note.path, opened.terminal)


def _day(text: str | None, today: date, opened: App) -> date:
    from datetime import timedelta

    from llmprep.cli.options import day_after

    return today + timedelta(weeks=8) if text is None else day_after(text, opened)
