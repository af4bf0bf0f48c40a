"""The command line. Each command reads its arguments, calls one practice and draws it; imports are lazy."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING, Annotated

os.environ.setdefault(
    "PYDANTIC_DISABLE_PLUGINS", "true"
)  # looking for plug-ins takes longer than parsing arguments

import typer

from llmprep import __version__
from llmprep.cli.calc import calc
from llmprep.cli.compare import compare
from llmprep.cli.config import config
from llmprep.cli.content import content
from llmprep.cli.drill import drill
from llmprep.cli.exit_codes import Exit
from llmprep.cli.explain import explain
from llmprep.cli.exporting import export
from llmprep.cli.importing import importing
from llmprep.cli.interview import interview
from llmprep.cli.mcp import mcp
from llmprep.cli.options import Lang
from llmprep.cli.path import path
from llmprep.cli.plan import plan
from llmprep.cli.quiz import quiz
from llmprep.cli.read import read
from llmprep.cli.search import search
from llmprep.cli.stats import stats
from llmprep.cli.tree import tree
from llmprep.content.items import Language

if TYPE_CHECKING:
    from llmprep.cli.context import App

app = typer.Typer(
    help="Prepare for LLM interviews: recall, hand-write, explain. 大模型面试：答题、手撕、讲论文。",
    epilog="Exit status: 0 right, 1 wrong, 2 misuse, 3 something else failed.",
    no_args_is_help=False,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(quiz)
app.command()(drill)
app.command()(explain)
app.command()(path)
app.command()(compare)
app.command()(tree)
app.command()(read)
app.command()(search)
app.command()(stats)
app.command()(mcp)
app.command()(config)
app.command()(interview)
app.command()(plan)
app.add_typer(calc, name="calc")
app.add_typer(content, name="content")
app.add_typer(export, name="export")
app.add_typer(importing, name="import")


@app.callback(invoke_without_command=True)
def home(
    context: typer.Context,
    lang: Lang = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    """Without a command: what is due today, where you stopped, what to do next."""
    if version:
        typer.echo(f"llmprep {__version__}")
        raise typer.Exit
    if lang is not None:
        os.environ["LLMPREP_LANG"] = _known(lang)
    if debug:
        os.environ["LLMPREP_DEBUG"] = "1"
    if context.invoked_subcommand is not None:
        return
    from llmprep.cli.context import App
    from llmprep.practice.today import look
    from llmprep.ui.home_screen import show_home

    opened = App(lang)
    today = look(opened.catalogue, opened.store, opened.settings.new_per_day)
    day = opened.store.clock.today()
    show_home(today, day, opened.catalogue, opened.terminal)
    if opened.settings.interview_day and opened.settings.interview_day > day.isoformat():
        _planned_today(opened)


def _planned_today(opened: App) -> None:
    """Today's part of the plan, when the day of the interview is known."""
    from datetime import date

    from llmprep.practice.study_plan import make_plan
    from llmprep.ui.plan_screen import show_today

    until = date.fromisoformat(opened.settings.interview_day or "")
    found = make_plan(opened.catalogue, opened.store, until, opened.settings.hours_per_day)
    opened.terminal.print("")
    show_today(found.days[0], opened.catalogue, opened.terminal)


def _known(lang: str) -> Language:
    """The language asked for before the command, refused as the command itself would."""
    from llmprep.cli.context import App

    return App(lang).language


@app.command()
def recover(lang: Lang = None) -> None:
    """Save what can be read from a damaged progress.db; the damaged file is kept beside the new one."""
    from llmprep.cli.context import App
    from llmprep.memory.home import database_path
    from llmprep.memory.recovery import recover as save_readable

    opened = App(lang)
    if not database_path().exists():
        opened.terminal.line("recover.nothing", path=database_path())
        return
    result = save_readable(opened.settings)
    opened.terminal.line("recover.done", count=result.events, cards=result.cards, path=result.broken)


@app.command()
def doctor(lang: Lang = None) -> None:
    """Try everything the program needs on this machine, and each wall around a candidate's code."""
    from llmprep.cli.context import App
    from llmprep.practice.doctor import examine
    from llmprep.ui.doctor_screen import show_findings

    opened = App(lang)
    good = show_findings(examine(opened.catalogue, opened.settings), opened.terminal)
    raise typer.Exit(Exit.RIGHT if good else Exit.FAILED)


def run() -> None:
    """The console script: every failure is one sentence, a traceback only with --debug."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Chinese or `√` gets `?`, not a crash
    try:
        app()
    except Exception as error:
        if os.environ.get("LLMPREP_DEBUG"):
            raise
        code = _report(error)
        sys.exit(code)


def _report(error: Exception) -> int:
    from llmprep.content.catalogue import UnknownName
    from llmprep.memory.problems import MemoryProblem
    from llmprep.ui import problem_words

    language = _language()
    if isinstance(error, MemoryProblem):
        sentence, code = problem_words.memory_problem(error, language), Exit.FAILED
    elif isinstance(error, UnknownName):
        sentence, code = problem_words.unknown_name(error, language), Exit.MISUSE
    else:
        sentence, code = _other(error, language), Exit.FAILED
    sys.stderr.write(sentence + "\n")
    return code


def _other(error: Exception, language: Language) -> str:
    from llmprep.judge.processes import JudgeProblem
    from llmprep.ui.strings import say

    if isinstance(error, JudgeProblem):
        return say(language, "error.judge", reason=error)
    return say(language, "error.unexpected", reason=f"{type(error).__name__}: {error}".removesuffix(": "))


def _language() -> Language:
    """The language for a failure that may itself be in the settings."""
    from llmprep.memory.problems import MemoryProblem
    from llmprep.memory.settings import Settings, load_settings, resolve_language

    try:
        settings = load_settings()
    except MemoryProblem:
        settings = Settings()
    return resolve_language(_asked_language(), settings, os.environ)


def _asked_language() -> str | None:
    arguments = sys.argv[1:]
    for index, argument in enumerate(arguments):
        value = argument.partition("=")[2] if argument.startswith("--lang=") else None
        if argument == "--lang" and index + 1 < len(arguments):
            value = arguments[index + 1]
        if value in ("en", "zh"):
            return value
    return None
