"""`llmprep compare`: architectures side by side."""

from __future__ import annotations

from typing import Annotated

import typer

from llmprep.cli.completion import names_of
from llmprep.cli.options import Lang


def compare(
    models: Annotated[list[str] | None, typer.Argument(help="Models, such as llama-2-7b qwen2-7b; none: list them.", show_default=False, autocompletion=names_of("model"))] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what they have in common.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    lang: Lang = None,
) -> None:  # fmt: skip
    """What distinguishes models: attention, FFN, norm, positions, sizes, KV cache."""
    from llmprep.cli.context import App
    from llmprep.practice.comparison import compare as compared
    from llmprep.ui import compare_screen

    opened = App(lang)
    cards = opened.catalogue.models()
    if not models:
        compare_screen.show_models(list(cards.values()), opened.terminal)
        return
    chosen = [cards[opened.catalogue.resolve("model", name)] for name in models]
    rows = compared(chosen, everything or len(chosen) == 1)
    if as_json:
        from llmprep.cli.json_output import print_json

        print_json(compare_screen.as_json(chosen, rows))
    else:
        compare_screen.show_comparison(chosen, rows, opened.terminal)
