"""`llmprep stats`: where the learner stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from llmprep.cli.exit_codes import Exit
from llmprep.cli.options import Lang

if TYPE_CHECKING:
    from llmprep.cli.context import App


def stats(
    everything: Annotated[bool, typer.Option("--all", help="Every topic and drill.")] = False,
    fit: Annotated[bool, typer.Option("--fit", help="Fit the schedule to your own log (extra `fit`); used from then on where it is better.")] = False,
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
    if fit:
        _fit(opened)
        return
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


def _fit(opened: App) -> None:
    from llmprep.memory.fitting import ENOUGH_REVIEWS, NoOptimiser, TooFew
    from llmprep.memory.fitting import fit as fit_log

    terminal = opened.terminal
    try:
        with terminal.waiting("fit.working"):
            found = fit_log(opened.store)
    except TooFew as few:
        opened.fail(terminal.say("fit.too-few", n=few.reviews, enough=ENOUGH_REVIEWS), Exit.FAILED)
    except NoOptimiser:
        opened.fail(terminal.say("fit.no-library"), Exit.FAILED)
    losses = {"before": f"{found.loss_before:.4f}", "after": f"{found.loss_after:.4f}"}
    terminal.line("fit.losses", n=found.reviews, judged=found.judged, **losses)
    if found.is_better:
        opened.store.record_fit(found.parameters, found.reviews)
    terminal.line(
        "fit.kept" if found.is_better else "fit.not-better", style="good" if found.is_better else None
    )
