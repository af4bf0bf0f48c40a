"""`llmprep content`: for authors: check everything, make a new item from a commented template."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from llmprep.cli.exit_codes import Exit
from llmprep.cli.options import Lang

content = typer.Typer(
    help="For authors: check content, start a new item.", no_args_is_help=True, rich_markup_mode=None
)


@content.command()
def check(
    files: Annotated[
        list[str] | None, typer.Argument(help="Only these files or drills.", show_default=False)
    ] = None,
    seeds: Annotated[
        int, typer.Option("--seeds", min=1, help="How many seeds each drill is proved over.")
    ] = 20,
    skip_drills: Annotated[bool, typer.Option("--skip-drills", help="Only what needs no PyTorch.")] = False,
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, help="Drills proved at once.", show_default=False)
    ] = None,
    lang: Lang = None,
) -> None:
    """Validate every file, run every reference, stub, valid answer and mistake. 1 when something is wrong."""
    from llmprep.cli.context import App
    from llmprep.content.locate import content_root
    from llmprep.ui.check_screen import run_check

    opened = App(lang)
    clean = run_check(content_root(), files or [], seeds, skip_drills, jobs, opened.terminal)
    raise typer.Exit(Exit.RIGHT if clean else Exit.WRONG)


@content.command()
def mutate(
    drills: Annotated[list[str] | None, typer.Argument(help="Only these drills.", show_default=False)] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, help="Drills at once.", show_default=False)
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Write the table solutions/MUTATION.md.")] = False,
    lang: Lang = None,
) -> None:
    """Run every one-edit mutant of the references against the hidden tests. 1 when one survives."""
    from llmprep.cli.context import App
    from llmprep.judge.libraries import missing
    from llmprep.ui.mutate_screen import run_mutation

    opened = App(lang)
    names = [opened.catalogue.resolve("drill", name) for name in drills or ()]
    names = names or sorted(opened.catalogue.ordered_ids("drill"))
    for name in [*names]:
        libraries = missing(opened.catalogue.drill(name).requires)
        if libraries:
            opened.terminal.line("check.no-library", drill=name, libraries=", ".join(libraries))
            names.remove(name)
    clean = run_mutation(opened.catalogue.root, names, jobs, write, opened.terminal)
    raise typer.Exit(Exit.RIGHT if clean else Exit.WRONG)


@content.command()
def report(lang: Lang = None) -> None:
    """A Markdown table of the drills: level, minutes, mistakes, mutation score, what each is compared with."""
    from llmprep.cli.context import App
    from llmprep.practice.report import drill_rows, markdown

    sys.stdout.write(markdown(drill_rows(App(lang).catalogue)))


@content.command()
def new(
    kind: Annotated[str, typer.Argument(help="drill, question or paper.")],
    name: Annotated[str, typer.Argument(help="Its id, lower-case-with-hyphens (question: topic/id).")],
    lang: Lang = None,
) -> None:
    """Write a commented template into this checkout, or into $LLMPREP_CONTENT."""
    from llmprep.cli.context import App
    from llmprep.content.locate import content_root
    from llmprep.content.scaffold import ScaffoldProblem, scaffold

    opened = App(lang)
    try:
        made = scaffold(content_root(), kind, name)
    except ScaffoldProblem as problem:
        sys.stderr.write(opened.terminal.say(f"new.{problem.reason}", **problem.values) + "\n")
        raise typer.Exit(Exit.MISUSE) from None
    for path in made:
        sys.stdout.write(f"{path}\n")
    checked = name if kind == "drill" else made[0]
    sys.stderr.write(opened.terminal.say("new.next", name=checked) + "\n")
