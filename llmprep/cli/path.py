"""`llmprep path`: the drills in an order in which each comes after what it needs."""

from __future__ import annotations

from typing import Annotated

import typer

from llmprep.cli.options import Lang


def path(
    drill: Annotated[str | None, typer.Argument(help="Only the way to this drill.", show_default=False)] = None,
    lang: Lang = None,
) -> None:  # fmt: skip
    """A learning path through the drills, prerequisites first."""
    from llmprep.cli.context import App
    from llmprep.practice.path import learning_path
    from llmprep.ui.drill_list import show_path

    opened = App(lang)
    goal = opened.catalogue.resolve("drill", drill) if drill else None
    drills = opened.catalogue.drills()
    show_path(learning_path(drills, goal), drills, opened.store, opened.terminal)
