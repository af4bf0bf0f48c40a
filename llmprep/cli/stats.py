"""`llmprep stats`: where the learner stands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from llmprep.cli.options import Lang


def stats(
    everything: Annotated[bool, typer.Option("--all", help="Every topic and drill.")] = False,
    svg: Annotated[Path | None, typer.Option("--svg", help="Write it to an SVG file.", show_default=False)] = None,
    html: Annotated[Path | None, typer.Option("--html", help="Write it to an HTML file that needs no network.", show_default=False)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    lang: Lang = None,
) -> None:  # fmt: skip
    """Recall, forecast, calendar, mastery by topic, drill times, and how ready you are."""
    from llmprep.cli.context import App
    from llmprep.practice.statistics import statistics
    from llmprep.ui import stats_screen

    opened = App(lang)
    found = statistics(opened.catalogue, opened.store)
    if as_json:
        from llmprep.cli.json_output import print_json

        print_json(stats_screen.as_json(found))
        return
    for path, suffix in ((svg, ".svg"), (html, ".html")):
        if path is not None:
            try:
                stats_screen.save_statistics(found, path.with_suffix(suffix), opened.terminal)
            except OSError as error:
                reason = error.strerror or error
                opened.fail(opened.terminal.say("error.not-written", path=path, reason=reason))
    if svg is None and html is None:
        stats_screen.show_statistics(found, opened.terminal, everything)
