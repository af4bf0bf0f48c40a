"""`llmprep plan`: what to do each day until the interview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from llmprep.cli.exit_codes import Exit
from llmprep.cli.options import Lang

if TYPE_CHECKING:
    from datetime import date

    from llmprep.cli.context import App


def plan(
    until: Annotated[str | None, typer.Option("--until", help="The day of the interview, 2027-03-01; it is remembered.", show_default=False)] = None,
    hours: Annotated[float | None, typer.Option("--hours", min=0.1, max=16, help="Hours a day; remembered.", show_default=False)] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every day.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    lang: Lang = None,
) -> None:  # fmt: skip
    """What to do each day until the interview: most of what is asked often and known badly."""
    from llmprep.cli.context import App
    from llmprep.memory.settings import save_setting
    from llmprep.practice.study_plan import make_plan
    from llmprep.ui.plan_screen import show_plan

    opened = App(lang)
    day = _day(until, opened)
    if until is not None:
        save_setting("interview_day", day.isoformat())
    if hours is not None:
        save_setting("hours_per_day", hours)
    found = make_plan(opened.catalogue, opened.store, day, hours or opened.settings.hours_per_day)
    if as_json:
        from dataclasses import asdict

        from llmprep.cli.json_output import print_json

        print_json([{**asdict(one), "day": one.day.isoformat()} for one in found.days])
    else:
        show_plan(found, opened.catalogue, opened.terminal, everything)


def _day(text: str | None, opened: App) -> date:
    from llmprep.cli.options import day_after

    if text is None:
        text = opened.settings.interview_day
        if text is None:
            opened.fail(opened.terminal.say("plan.no-day"), Exit.MISUSE)
    return day_after(text, opened)
