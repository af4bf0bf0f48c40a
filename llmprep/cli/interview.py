"""`llmprep interview`: a mock interview in real time."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from llmprep.cli.exit_codes import Exit
from llmprep.cli.options import Lang

if TYPE_CHECKING:
    from llmprep.cli.context import App
    from llmprep.memory.settings import ModelSettings
    from llmprep.practice.interview import Interview
    from llmprep.practice.interview_parts import Options

FOCUSES = ("pretraining", "alignment", "inference", "rag", "algorithm")


def interview(
    minutes: Annotated[int, typer.Option("--minutes", min=10, max=180, help="How long it is to take.")] = 45,
    focus: Annotated[str | None, typer.Option("--focus", help=", ".join(FOCUSES), show_default=False)] = None,
    level: Annotated[int, typer.Option("--level", min=1, max=3, help="1 warm-up, 2 core, 3 deep.")] = 2,
    seed: Annotated[int | None, typer.Option("--seed", help="The same seed asks the same.", show_default=False)] = None,
    new: Annotated[bool, typer.Option("--new", help="Begin another, though one was left.")] = False,
    plan: Annotated[bool, typer.Option("--plan", help="Only print the parts.")] = False,
    model: Annotated[bool, typer.Option("--model", help="Let the model of config.toml judge, too: answers are sent to it.")] = False,
    html: Annotated[Path | None, typer.Option("--html", help="The report as HTML, too.", show_default=False)] = None,
    lang: Lang = None,
) -> None:  # fmt: skip
    """A paper talk, questions that follow up, code under the clock, an estimate, a design; a report at the end."""
    from llmprep.cli.context import App
    from llmprep.practice.interview_parts import Options, plan_parts

    opened = App(lang)
    if focus is not None and focus not in FOCUSES:
        said = opened.terminal.say("error.choice", option="--focus", name=focus, names=", ".join(FOCUSES))
        opened.fail(said, Exit.MISUSE)
    chosen = Options(minutes, focus, level, random.SystemRandom().randrange(10**6) if seed is None else seed)
    if plan:
        from llmprep.cli.json_output import print_json

        parts = plan_parts(opened.catalogue, chosen)
        print_json([{"kind": part.kind, "id": part.id, "minutes": part.minutes} for part in parts])
        return
    if not opened.terminal.interactive:
        opened.fail(opened.terminal.say("interview.not-a-terminal"), Exit.MISUSE)
    asked = opened.model if model else None
    _hold(opened, _begin(opened, chosen, new), asked, html)


def _begin(opened: App, chosen: Options, new: bool) -> Interview:
    from llmprep.practice.interview import Interview

    left = Interview.unfinished(opened.catalogue, opened.store)
    if left is not None and not new:
        done = len({reply.part for reply in left.replies})
        opened.terminal.line("interview.resumed", style="title", done=done, parts=len(left.parts))
        return left
    if left is not None:
        left.give_up()
    return Interview.begin(opened.catalogue, opened.store, chosen)


def _hold(opened: App, held: Interview, model: ModelSettings | None, html: Path | None) -> None:
    from llmprep.memory.home import learner_home, replace_text
    from llmprep.practice.drill import make_judge
    from llmprep.practice.interview_report import as_html, as_markdown, make_report
    from llmprep.ui.interview_screen import InterviewScreen, show_report
    from llmprep.ui.terminal import Quit

    terminal = opened.terminal
    try:
        terminal.line("interview.begins", minutes=held.options.minutes, parts=len(held.parts))
        terminal.key(("enter", " "))
    except (Quit, KeyboardInterrupt):
        terminal.line("interview.paused", style="warn")
        return
    screen = InterviewScreen(held, terminal, lambda: make_judge(opened.catalogue), model)
    if not screen.run():
        return
    report = make_report(held)
    path = learner_home() / "interviews" / f"{report.day.isoformat()}-{held.name[:8]}.md"
    replace_text(path, as_markdown(report, opened.language))
    if html is not None:
        replace_text(html.with_suffix(".html"), as_html(report, opened.language))
    show_report(report, path, terminal)
