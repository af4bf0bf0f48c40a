"""Options that several commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from datetime import date

    from llmprep.cli.context import App

Lang = Annotated[
    str | None,
    typer.Option("--lang", help="en or zh; default: your setting, then your locale.", show_default=False),
]
"""The language of this run."""


def day_after(text: str, opened: App) -> date:
    """A day after today, as one writes it; says so and ends where it is none."""
    from datetime import date

    from llmprep.cli.exit_codes import Exit

    try:
        day = date.fromisoformat(text)
    except ValueError:
        opened.fail(opened.terminal.say("error.not-a-day", text=text), Exit.MISUSE)
    if day <= opened.store.clock.today():
        opened.fail(opened.terminal.say("error.day-past", day=text), Exit.MISUSE)
    return day
