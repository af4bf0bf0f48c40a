"""`llmprep drill`: write a module by hand, judged at every save."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from llmprep.cli.completion import names_of
from llmprep.cli.exit_codes import Exit
from llmprep.cli.options import Lang

if TYPE_CHECKING:
    from llmprep.cli.context import App
    from llmprep.judge.verdict import Verdict


def drill(
    name: Annotated[str | None, typer.Argument(help="Which drill; default: the one that is due or comes next.", show_default=False, autocompletion=names_of("drill"))] = None,
    check: Annotated[Path | None, typer.Option("--check", metavar="FILE", help="Grade FILE once and exit: 0 right, 1 wrong, 2 misuse.", show_default=False)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="With --check or --list: print JSON.")] = False,
    against: Annotated[str | None, typer.Option("--against", metavar="hf|torch", help="Put your passing file (or the one of --check) beside the library's own implementation.", show_default=False)] = None,
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
    elif against is not None:
        _against(opened, name, check, against, seed)
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
    _require_libraries(opened, chosen)
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
    verdict, chosen = _graded(opened, name or path.stem, path, seed)
    if as_json:
        from llmprep.cli.json_output import print_json
        from llmprep.ui.verdict_screen import as_json as verdict_json

        print_json(verdict_json(verdict, opened.language))
    else:
        from llmprep.ui.verdict_screen import print_verdict

        print_verdict(verdict, chosen, opened.catalogue, opened.terminal)
    raise typer.Exit(Exit.RIGHT if verdict.passed else Exit.WRONG)


def _graded(opened: App, name: str, path: Path, seed: int | None) -> tuple[Verdict, str]:
    """The verdict on a file, and the drill's own name."""
    from llmprep.practice.drill import MAX_SOURCE_BYTES, drill_files, make_judge

    try:
        with path.open("rb") as file:
            source = file.read(MAX_SOURCE_BYTES)
    except OSError as error:
        opened.fail(opened.terminal.say("error.no-file", path=path, reason=error.strerror), Exit.MISUSE)
    with make_judge(opened.catalogue) as judge:
        chosen = opened.catalogue.resolve("drill", name)
        _require_libraries(opened, chosen)
        return judge.grade(drill_files(opened.catalogue, chosen), source, str(path), seed), chosen


def _require_libraries(opened: App, name: str) -> None:
    """Say so and end where a drill is written with a library that is not installed."""
    from llmprep.judge.libraries import missing

    libraries = missing(opened.catalogue.drill(name).requires)
    if libraries:
        said = opened.terminal.say("drill.no-library", name=name, libraries=", ".join(libraries))
        opened.fail(said, Exit.FAILED)


def _against(opened: App, name: str | None, file: Path | None, library: str, seed: int | None) -> None:
    """Compare a file that passes with a library's implementation; one that fails is told why instead."""
    from llmprep.practice.against import against_file, called, compare_with_library, libraries
    from llmprep.practice.drill import open_practice_file
    from llmprep.ui.against_screen import show_comparison
    from llmprep.ui.verdict_screen import print_verdict

    if name is None and file is None:
        opened.fail(opened.terminal.say("error.drill-wanted"), Exit.MISUSE)
    chosen = opened.catalogue.resolve("drill", name or (file.stem if file else ""))
    counterpart = against_file(opened.catalogue.root_of_drill(chosen), chosen)
    if counterpart is None:
        others = ", ".join(libraries(opened.catalogue.root)) or "—"
        opened.fail(opened.terminal.say("against.none", name=chosen, others=others), Exit.MISUSE)
    if library != called(counterpart):
        said = opened.terminal.say("against.other", name=chosen, library=called(counterpart))
        opened.fail(said, Exit.MISUSE)
    path = file or open_practice_file(opened.catalogue, chosen).path
    verdict, _ = _graded(opened, chosen, path, seed)
    if not verdict.passed:
        print_verdict(verdict, chosen, opened.catalogue, opened.terminal)
        raise typer.Exit(Exit.WRONG)
    comparison = compare_with_library(counterpart, path)
    show_comparison(comparison, opened.terminal)
    raise typer.Exit(Exit.RIGHT if comparison.equal else Exit.FAILED if comparison.missing else Exit.WRONG)


def _list(opened: App, as_json: bool) -> None:
    drills = opened.catalogue.drills()
    if as_json:
        from llmprep.cli.json_output import print_json

        rows = [
            {
                "id": name,
                "title": drill.title[opened.language],
                "family": drill.topic,
                "level": drill.level,
                "minutes": drill.minutes,
                "needs": list(drill.needs),
                "requires": list(drill.requires),
            }
            for name, drill in drills.items()
        ]
        print_json(rows)
        return
    from llmprep.ui.drill_list import show_families

    show_families(drills, opened.catalogue, opened.store, opened.terminal)
