"""`llmprep export`: the content as cards, a table or a book, and the learner's log as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from llmprep.cli.completion import names_of
from llmprep.cli.exit_codes import Exit
from llmprep.cli.options import Lang

if TYPE_CHECKING:
    from collections.abc import Sequence

    from llmprep.cli.context import App
    from llmprep.content.items import Language, Paper, Topic
    from llmprep.practice.export_cards import Card

export = typer.Typer(help="Take questions and progress along.", no_args_is_help=True, rich_markup_mode=None)
Topics = Annotated[
    list[str] | None,
    typer.Option("--topic", help="Only these topics.", autocompletion=names_of("topic"), show_default=False),
]
Out = Annotated[Path | None, typer.Option("--out", help="The file to write.", show_default=False)]
Force = Annotated[bool, typer.Option("--force", help="Overwrite the file.")]
Langs = Annotated[
    str | None, typer.Option("--lang", help="en, zh or both; default: your language.", show_default=False)
]


@export.command()
def anki(topic: Topics = None, out: Out = None, lang: Langs = None, force: Force = False) -> None:
    """An Anki package: importing a later one brings the notes up to date."""
    from llmprep.memory.clock import Clock
    from llmprep.practice.export_anki import NoAnki, package

    chosen = _chosen(topic, lang)
    try:
        packed, count = package(chosen.cards, chosen.papers, chosen.languages, Clock().now())
    except NoAnki:
        chosen.opened.fail(chosen.opened.terminal.say("export.error.genanki"))
    _write(chosen, out or Path("llmprep.apkg"), packed, count, force)


@export.command("csv")
def table(topic: Topics = None, out: Out = None, lang: Langs = None, force: Force = False) -> None:
    """A table for a spreadsheet; llmprep import questions reads it."""
    from llmprep.practice.export_table import csv_of

    chosen = _chosen(topic, lang)
    _write(chosen, out or Path("llmprep.csv"), csv_of(chosen.cards, chosen.languages), chosen.total, force)


@export.command()
def markdown(topic: Topics = None, out: Out = None, lang: Langs = None, force: Force = False) -> None:
    """One Markdown file, topic by topic."""
    from llmprep.practice.export_markdown import markdown_of

    chosen = _chosen(topic, lang)
    text = markdown_of(chosen.cards, chosen.topics, chosen.languages, chosen.reader)
    _write(chosen, out or Path("llmprep.md"), text.encode("utf-8", "replace"), chosen.total, force)


@export.command()
def html(topic: Topics = None, out: Out = None, lang: Langs = None, force: Force = False) -> None:
    """A study book for the browser, also on a phone: one file, no network."""
    from llmprep.practice.export_book import book
    from llmprep.ui.formula import layout

    chosen = _chosen(topic, lang)
    page = book(
        chosen.cards,
        chosen.topics,
        chosen.papers,
        chosen.languages,
        chosen.reader,
        lambda tex: "\n".join(layout(tex)),
    )
    _write(chosen, out or Path("llmprep.html"), page.encode("utf-8", "replace"), chosen.total, force)


@export.command()
def progress(out: Out = None, force: Force = False, lang: Lang = None) -> None:
    """Your whole log as one file, which llmprep import progress takes in elsewhere."""
    from llmprep.cli.context import App
    from llmprep.practice.export_progress import text_of

    opened = App(lang)
    path, text = out or Path("llmprep-progress.jsonl"), text_of(opened.store)
    _save(opened, path, text.encode("utf-8"), force)
    opened.terminal.line("export.progress", count=text.count("\n") - 1, path=path)


class _Chosen(NamedTuple):
    """What is to be exported."""

    opened: App
    reader: Language
    languages: Sequence[Language]
    topics: dict[str, Topic]
    cards: dict[str, list[Card]]
    papers: dict[str, Paper]

    @property
    def total(self) -> int:
        return sum(map(len, self.cards.values()))


def _chosen(names: list[str] | None, lang: str | None) -> _Chosen:
    """The cards of the topics named; all of them, and the talks, when none is."""
    from llmprep.cli.context import App
    from llmprep.practice.export_cards import BOTH, cards

    opened = App(None if lang == "both" else lang)
    reader = opened.language
    languages: Sequence[Language] = BOTH if lang == "both" else (reader,)
    wanted = list(dict.fromkeys(opened.catalogue.resolve("topic", name) for name in names or ()))
    found = cards(opened.catalogue, wanted)
    if not found:
        opened.fail(opened.terminal.say("export.error.nothing"))
    listed = () if wanted else opened.catalogue.ordered_ids("paper")
    papers = {name: opened.catalogue.paper(name) for name in listed}
    return _Chosen(opened, reader, languages, opened.catalogue.topics(), found, papers)


def _write(chosen: _Chosen, path: Path, content: bytes, count: int, force: bool) -> None:
    _save(chosen.opened, path, content, force)
    size = len(content)
    shown = f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(size / 1e3, 0.1):.3g} kB"
    chosen.opened.terminal.line("export.written", count=count, path=path, size=shown)


def _save(opened: App, path: Path, content: bytes, force: bool) -> None:
    from llmprep.practice.export_file import write_export

    try:
        write_export(path, content, force)
    except FileExistsError:
        opened.fail(opened.terminal.say("export.error.exists", path=path), Exit.MISUSE)
    except OSError as error:
        opened.fail(opened.terminal.say("error.not-written", path=path, reason=error.strerror or error))
