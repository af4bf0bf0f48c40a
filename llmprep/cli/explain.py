"""`llmprep explain`: a paper in five minutes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from llmprep.cli.completion import names_of
from llmprep.cli.exit_codes import Exit
from llmprep.cli.options import Lang

if TYPE_CHECKING:
    from llmprep.cli.context import App
    from llmprep.content.items import Paper

BEATS = ("background", "core", "details", "impact", "followups")


def explain(
    paper: Annotated[str | None, typer.Argument(help="Which paper; default: the one to rehearse next.", show_default=False, autocompletion=names_of("paper"))] = None,
    rehearse: Annotated[bool, typer.Option("--rehearse", help="Tell it against the clock, then tick what you said.")] = False,
    beat: Annotated[str | None, typer.Option("--beat", help=f"Only one part of the talk: {', '.join(BEATS)}.", show_default=False)] = None,
    formulas: Annotated[bool, typer.Option("--formulas", help="Only the formulas.")] = False,
    numbers: Annotated[bool, typer.Option("--numbers", help="Only the numbers.")] = False,
    questions: Annotated[bool, typer.Option("--questions", help="Only what is asked, limits and misconceptions.")] = False,
    pictures: Annotated[bool, typer.Option("--pictures", help="Only the pictures.")] = False,
    tex: Annotated[bool, typer.Option("--tex", help="The TeX source of the formulas.")] = False,
    svg: Annotated[Path | None, typer.Option("--svg", help="Write it to an SVG file (with --pictures: only the pictures).", show_default=False)] = None,
    html: Annotated[Path | None, typer.Option("--html", help="Write it to an HTML file that needs no network.", show_default=False)] = None,
    list_papers: Annotated[bool, typer.Option("--list", help="List the papers.")] = False,
    lang: Lang = None,
) -> None:  # fmt: skip
    """Hear a paper told in five minutes, or rehearse telling it."""
    from llmprep.cli.context import App

    opened = App(lang)
    if list_papers:
        _list(opened)
        return
    from llmprep.practice.talk import next_paper
    from llmprep.ui import explain_screen

    if paper:
        name = opened.catalogue.resolve("paper", paper)
    else:
        first = next(opened.catalogue.ordered_ids("paper"), None)
        if first is None:
            opened.fail(opened.terminal.say("explain.none", path=opened.catalogue.root))
        name = next_paper(opened.catalogue, opened.store) or first
    item = opened.catalogue.paper(name)
    if rehearse:
        _rehearse(opened, name)
    elif beat is not None:
        if beat not in BEATS:
            import difflib

            close = difflib.get_close_matches(beat, BEATS, n=1) or BEATS
            opened.fail(opened.terminal.say("error.beat", name=beat, names=", ".join(close)), Exit.MISUSE)
        explain_screen.show_beat(item, beat, opened.terminal)
    else:
        chosen = {"pictures": pictures, "formulas": formulas, "numbers": numbers, "questions": questions}
        parts = tuple(part for part, wanted in chosen.items() if wanted) or explain_screen.PARTS
        if pictures and not item.pictures:
            opened.complain(opened.terminal.say("explain.no-pictures", name=item.name[opened.language]))
        if tex:
            explain_screen.show_sources(item, opened.terminal)
        elif svg or html:
            for path in filter(None, (svg, html)):
                _save(opened, item, path, ".svg" if path is svg else ".html", parts)
        else:
            explain_screen.show_paper(name, item, opened.terminal, parts)


def _save(opened: App, item: Paper, path: Path, suffix: str, parts: tuple[str, ...]) -> None:
    from llmprep.ui.explain_screen import save_paper

    try:
        save_paper(item, path.with_suffix(suffix), opened.terminal, parts)
    except OSError as error:
        opened.fail(opened.terminal.say("error.not-written", path=path, reason=error.strerror or error))


def _rehearse(opened: App, name: str) -> None:
    from llmprep.practice.talk import Rehearsal
    from llmprep.ui.explain_screen import run_rehearsal

    if not opened.terminal.interactive:
        opened.fail(opened.terminal.say("rehearse.not-a-terminal"), Exit.MISUSE)
    rehearsal = Rehearsal(name, opened.catalogue.paper(name), opened.store)
    run_rehearsal(rehearsal, opened.catalogue, opened.terminal)


def _list(opened: App) -> None:
    from rich.table import Table

    table = Table.grid(padding=(0, 3))
    for item in opened.catalogue.listed("paper"):
        found = opened.catalogue.paper(item.id)
        mark = opened.terminal.say("explain.must-know") if found.must_know else ""
        table.add_row(item.id, item.title[opened.language], str(found.year), mark)
    opened.terminal.print(table)
