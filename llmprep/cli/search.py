"""`llmprep search`: over all content and the learner's notes."""

from __future__ import annotations

from typing import Annotated

import typer

from llmprep.cli.exit_codes import Exit
from llmprep.cli.options import Lang

KINDS = ("question", "drill", "paper", "note")


def search(
    words: Annotated[list[str], typer.Argument(help="What to look for; Chinese needs no spaces.", show_default=False)],
    kind: Annotated[list[str] | None, typer.Option("--kind", help=", ".join(KINDS), show_default=False)] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    lang: Lang = None,
) -> None:  # fmt: skip
    """Find questions, drills, papers and notes by what they say. 1 when there is nothing."""
    from llmprep.cli.context import App
    from llmprep.memory.home import learner_home
    from llmprep.practice.search import search as find
    from llmprep.practice.search import search_notes
    from llmprep.ui.search_screen import show_found

    opened = App(lang)
    for name in kind or ():
        if name not in KINDS:
            said = opened.terminal.say("error.choice", option="--kind", name=name, names=", ".join(KINDS))
            opened.fail(said, Exit.MISUSE)
    text = " ".join(words)
    wanted = [name for name in kind or KINDS if name != "note"]
    found = find(opened.catalogue, text, opened.language, wanted, limit) if wanted else []
    if not kind or "note" in kind:
        found += search_notes(learner_home() / "notes", text)
    if as_json:
        from llmprep.cli.json_output import print_json

        language = opened.language
        print_json(
            [
                {
                    "kind": hit.kind,
                    "id": hit.id,
                    "topic": hit.topic,
                    "title": hit.title[language],
                    "passage": hit.passage,
                }
                for hit in found
            ]
        )
    else:
        show_found(found, opened.terminal)
        if not found:
            opened.complain(opened.terminal.say("search.nothing", words=text))
    raise typer.Exit(Exit.RIGHT if found else Exit.WRONG)
