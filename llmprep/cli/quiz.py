"""`llmprep quiz`: due and new questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from llmprep.cli.completion import names_of
from llmprep.cli.options import Lang

if TYPE_CHECKING:
    from llmprep.cli.context import App


def quiz(
    topic: Annotated[
        str | None,
        typer.Argument(
            help="One topic only, or one question by its id.",
            show_default=False,
            autocompletion=names_of("topic", "question"),
        ),
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="Stop after this many questions.", show_default=False)
    ] = None,
    new: Annotated[
        int | None,
        typer.Option("--new", min=0, help="New questions today; default: your setting.", show_default=False),
    ] = None,
    cram: Annotated[
        bool, typer.Option("--cram", help="Practise in random order without scheduling.")
    ] = False,
    list_topics: Annotated[bool, typer.Option("--list", help="List the topics.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="With --list, or for the next question: print JSON.")
    ] = False,
    seed: Annotated[
        int | None, typer.Option("--seed", help="Of shuffles and drawn numbers.", show_default=False)
    ] = None,
    model: Annotated[
        bool,
        typer.Option(
            "--model", help="Let the model of config.toml read typed answers, too: they are sent to it."
        ),
    ] = False,
    lang: Lang = None,
) -> None:
    """Answer due and new questions; each comes back on the day it would be forgotten."""
    from llmprep.cli.context import App

    opened = App(lang)
    if list_topics:
        _list(opened, as_json)
        return
    from llmprep.practice.quiz import Quiz, QuizOptions

    only = topic if topic and opened.catalogue.has("question", topic) else None
    name = opened.catalogue.resolve("topic", topic) if topic and not only else None
    options = QuizOptions(name, limit, opened.settings.new_per_day if new is None else new, cram, only)
    practice = Quiz(opened.catalogue, opened.store, options, seed)
    from llmprep.ui.quiz_screen import run_quiz, show_question

    if opened.terminal.interactive and not as_json:
        run_quiz(practice, opened.terminal, opened.model if model else None)
        return
    asked = practice.current()
    if as_json:
        from llmprep.cli.json_output import print_json

        language = opened.language
        data = None if asked is None else {
            "id": asked.id, "topic": asked.topic, "level": asked.question.level, "stage": asked.stage,
            "kind": asked.question.kind, "ask": asked.ask[language],
            "choices": [choice[language] for choice in asked.choices],
            "answer": asked.question.answer[language] if asked.question.answer else None,
            "source": asked.question.source,
        }  # fmt: skip
        print_json(data)
    elif asked is None:
        opened.terminal.line("quiz.none")
    else:
        show_question(asked, opened.terminal, practice.waiting(), cram)


def _list(opened: App, as_json: bool) -> None:
    rows = [
        (item.id, item.title[opened.language], opened.catalogue.count("question", item.id))
        for item in opened.catalogue.listed("topic")
    ]
    if as_json:
        from llmprep.cli.json_output import print_json

        print_json([dict(zip(("id", "title", "questions"), row, strict=True)) for row in rows])
        return
    from rich.table import Table

    table = Table.grid(padding=(0, 3))
    for name, title, count in rows:
        table.add_row(name, title, str(count))
    opened.terminal.print(table)
