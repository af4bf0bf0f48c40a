"""`llmprep import`: another machine's log, and questions of the learner's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from llmprep.cli.exit_codes import Exit
from llmprep.cli.options import Lang

if TYPE_CHECKING:
    from llmprep.cli.context import App
    from llmprep.practice.import_problem import ImportProblem
    from llmprep.practice.import_questions import Imported

importing = typer.Typer(
    help="Take in progress from another machine, or questions of your own.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
File = Annotated[Path, typer.Argument(help="The file.", show_default=False)]


@importing.command()
def progress(file: File, lang: Lang = None) -> None:
    """Merge a log that llmprep export progress wrote; what is here already stays as it is."""
    from llmprep.cli.context import App
    from llmprep.memory.merge import Clash
    from llmprep.practice.import_problem import ImportProblem
    from llmprep.practice.import_progress import read_log

    opened = App(lang)
    try:
        log = read_log(file)
    except ImportProblem as problem:
        _fail(opened, problem)
    try:
        merged = opened.store.merge(event for _, event in log)
    except Clash as clash:
        line = max(number for number, event in log if event.uuid == clash.uuid)
        _fail(opened, ImportProblem("clash", path=file, line=line, uuid=clash.uuid))
    opened.terminal.line("import.progress", new=merged.new, known=merged.known, cards=merged.cards)


@importing.command()
def questions(file: File, lang: Lang = None) -> None:
    """Questions from CSV, an Anki package or Markdown, added as a topic of your own."""
    from llmprep.cli.context import App
    from llmprep.memory.clock import Clock
    from llmprep.practice.import_problem import ImportProblem
    from llmprep.practice.import_questions import import_questions

    opened = App(lang)
    today = Clock(opened.settings.day_turns_at).today()
    try:
        done = import_questions(file, opened.catalogue, opened.settings, today)
    except ImportProblem as problem:
        _fail(opened, problem)
    if done.path is not None:
        opened.terminal.line("import.questions", count=len(done.ids), path=done.path, topic=done.topic)
    else:
        opened.terminal.line("import.nothing", path=file)
    if done.renamed:
        opened.terminal.line("import.renamed", n=done.renamed)
    if done.left_out:
        opened.terminal.line("import.left-out", reasons=_reasons(done, opened))


def _reasons(done: Imported, opened: App) -> str:
    say = opened.terminal.say
    said = []
    for reason, n in done.left_out.items():
        first = done.first[reason]
        place = say(f"import.place.{first.place}", n=first.number)
        said.append(say(f"import.left-out.{reason}", n=n, place=place))
    return ("；" if opened.language == "zh" else "; ").join(said)


def _fail(opened: App, problem: ImportProblem) -> NoReturn:
    opened.fail(opened.terminal.say(f"import.error.{problem.reason}", **problem.values), Exit.FAILED)
