"""`llmprep tree`: the evolutionary tree of language models."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from llmprep.cli.completion import names_of
from llmprep.cli.exit_codes import Exit
from llmprep.cli.options import Lang

if TYPE_CHECKING:
    from llmprep.cli.context import App

BRANCHES = ("encoder-only", "encoder-decoder", "decoder-only")


def tree(
    model: Annotated[str | None, typer.Argument(help="One model: what it took over and what it changed.", show_default=False, autocompletion=names_of("node"))] = None,
    year: Annotated[str | None, typer.Option("--year", help="2020, or 2018-2020.", show_default=False)] = None,
    branch: Annotated[list[str] | None, typer.Option("--branch", help=", ".join(BRANCHES), show_default=False)] = None,
    family: Annotated[str | None, typer.Option("--family", help="gpt, llama, qwen …", show_default=False)] = None,
    is_open: Annotated[bool | None, typer.Option("--open/--closed", help="Only models with open weights, or only those without.", show_default=False)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    lang: Lang = None,
) -> None:  # fmt: skip
    """The evolutionary tree of language models, by year and branch; or one model's descent."""
    from llmprep.cli.context import App
    from llmprep.practice.lineage import Wanted, chosen
    from llmprep.ui import tree_screen

    opened = App(lang)
    nodes = opened.catalogue.tree()
    if model:
        found = [nodes[opened.catalogue.resolve("node", model)]]
    else:
        first, last = _years(year, opened)
        families = sorted({node.family for node in nodes.values()})
        wanted = Wanted(
            first, last,
            [_one_of(name, BRANCHES, "--branch", opened) for name in branch or ()],
            _one_of(family.lower(), families, "--family", opened) if family else None,
            is_open,
        )  # fmt: skip
        found = chosen(nodes, wanted)
    if as_json:
        from llmprep.cli.json_output import print_json
        from llmprep.content.json_form import to_json

        print_json([to_json(node) for node in found])
    elif model:
        tree_screen.show_node(found[0], nodes, opened.terminal)
    elif found:
        tree_screen.show_tree(found, opened.terminal)
    else:
        opened.fail(opened.terminal.say("tree.nothing"))


def _years(text: str | None, opened: App) -> tuple[int | None, int | None]:
    """2020 → (2020, 2020); 2018-2020 → both; 2018- → from then on."""
    if text is None:
        return None, None
    first, dash, last = text.partition("-")
    if not (first.isdecimal() or dash) or not (last.isdecimal() or not last):
        opened.fail(opened.terminal.say("tree.not-a-year", text=text), Exit.MISUSE)
    from_year = int(first) if first.isdecimal() else None
    return from_year, (int(last) if last else None) if dash else from_year


def _one_of(name: str, names: Sequence[str], option: str, opened: App) -> str:
    if name not in names:
        import difflib

        close = difflib.get_close_matches(name, names, n=1) or names
        said = opened.terminal.say("error.choice", option=option, name=name, names=", ".join(close))
        opened.fail(said, Exit.MISUSE)
    return name
