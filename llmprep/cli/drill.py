"""`llmprep drill`: write a module by hand, judged at every save."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from llmprep.cli.exit_codes import Exit
from llmprep.cli.options import Lang

if TYPE_CHECKING:
    from llmprep.cli.context import App


def drill(
    name: Annotated[str | None, typer.Argument(help="Which drill; default: the one that is due or comes next.", show_default=False)] = None,
    check: Annotated[Path | None, typer.Option("--check", metavar="FILE", help="Grade FILE once and exit: 0 right, 1 wrong, 2 misuse.", show_default=False)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="With --check or --list: print JSON.")] = False,
    list_drills: Annotated[bool, typer.Option("--list", help="List the drills.")] = False,
    reset: Annotated[bool, typer.Option("--reset", help="Start from the stub again; what you wrote is kept as a backup.")] = False,
    seed: Annotated[int | None, typer.Option("--seed", min=0, max=2**31 - 1, help="Of the hidden tests' inputs; default: fresh every time.", show_default=False)] = None,
    lang: Lang = None,
) -> None:  # fmt: skip
    """Hand-write a module; hidden tests judge every save and name the mistake."""
    from llmprep.cli.context import App

    opened = App(lang)
    if list_drills:
        _list(opened, as_json)
    elif check is not None:
        _check(opened, name, check, as_json, seed)
    else:
        _practise(opened, name, reset, seed)


def _practise(opened: App, name: str | None, reset: bool, seed: int | None) -> None:
    from llmprep.practice.drill import DrillSession, make_judge, next_drill
    from llmprep.ui.drill_screen import run_drill, show_prompt

    chosen = opened.catalogue.resolve("drill", name) if name else next_drill(opened.catalogue, opened.store)
    if chosen is None:
        opened.terminal.line("drill.none-left")
        return
    session = DrillSession.begin(opened.catalogue, opened.store, chosen, reset)
    if not opened.terminal.interactive:
        show_prompt(session, opened.terminal)
        opened.complain(opened.terminal.say("drill.not-a-terminal", name=chosen))
        return
    with make_judge(opened.catalogue) as judge:
        seen = [chosen]
        while run_drill(session, judge, opened.catalogue, opened.terminal, seed):
            following = next_drill(opened.catalogue, opened.store, seen)
            if following is None:
                opened.terminal.line("drill.none-left")
                return
            seen = [*(name for name in seen if name != following), following]
            session = DrillSession.begin(opened.catalogue, opened.store, following)


def _check(opened: App, name: str | None, path: Path, as_json: bool, seed: int | None) -> None:
    from llmprep.judge.client import Judge
    from llmprep.memory.home import learner_home
    from llmprep.practice.drill import MAX_SOURCE_BYTES, drill_files

    try:
        with path.open("rb") as file:
            source = file.read(MAX_SOURCE_BYTES)
    except OSError as error:
        opened.fail(opened.terminal.say("error.no-file", path=path, reason=error.strerror), Exit.MISUSE)
    with Judge(hidden=(opened.catalogue.root, learner_home())) as judge:
        chosen = opened.catalogue.resolve("drill", name or path.stem)
        verdict = judge.grade(drill_files(opened.catalogue, chosen), source, str(path), seed)
    if as_json:
        from llmprep.cli.json_output import print_json
        from llmprep.ui.verdict_screen import as_json as verdict_json

        print_json(verdict_json(verdict, opened.language))
    else:
        from llmprep.ui.verdict_screen import print_verdict

        print_verdict(verdict, chosen, opened.catalogue, opened.terminal)
    raise typer.Exit(Exit.RIGHT if verdict.passed else Exit.WRONG)


def _list(opened: App, as_json: bool) -> None:
    catalogue, language = opened.catalogue, opened.language
    drills = sorted(
        ((catalogue.drill(item.id).order, item) for item in catalogue.listed("drill")),
        key=lambda pair: (pair[0], pair[1].id),
    )
    if as_json:
        from llmprep.cli.json_output import print_json

        rows = [{"id": item.id, "title": item.title[language], "level": item.level} for _, item in drills]
        print_json(rows)
        return
    from rich.table import Table

    from llmprep.ui.drill_screen import standing

    table = Table.grid(padding=(0, 3))
    for _, item in drills:
        level = opened.terminal.say(f"quiz.level.{item.level}")
        table.add_row(item.id, item.title[language], level, standing(item.id, opened.store, opened.terminal))
    opened.terminal.print(table)
