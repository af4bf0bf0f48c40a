"""`llmprep config`: the learner's choices, shown, changed and taken back."""

from __future__ import annotations

from typing import Annotated

import typer

from llmprep.cli.exit_codes import Exit
from llmprep.cli.options import Lang

KEYS = (
    "language", "new_per_day", "retention", "day_turns_at", "editor", "interview_day", "hours_per_day", "content_dirs",
)  # fmt: skip


def complete_key(incomplete: str) -> list[str]:
    """Keys that begin so, for the shell."""
    return [key for key in KEYS if key.startswith(incomplete)]


def config(
    key: Annotated[str | None, typer.Argument(help=", ".join(KEYS), show_default=False, autocompletion=complete_key)] = None,
    value: Annotated[list[str] | None, typer.Argument(help="The new value; content_dirs takes several.", show_default=False)] = None,
    unset: Annotated[bool, typer.Option("--unset", help="Take the key out of config.toml.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    lang: Lang = None,
) -> None:  # fmt: skip
    """Show all settings, show or change one. They stand in config.toml, which you may edit, too."""
    from llmprep.cli.context import App
    from llmprep.memory import settings

    opened = App(lang)
    if key is not None and key not in KEYS:
        import difflib

        close = difflib.get_close_matches(key, KEYS, n=1) or KEYS
        said = opened.terminal.say("error.setting", name=key, names=", ".join(close))
        opened.fail(said, Exit.MISUSE)
    if key is not None and unset:
        _show(settings.unset(key), opened.language, as_json, key)
    elif key is not None and value:
        _show(settings.save_setting(key, settings.parsed(key, value)), opened.language, as_json, key)
    else:
        _show(opened.settings, opened.language, as_json, key)


def _show(found: object, language: str, as_json: bool, key: str | None) -> None:
    from llmprep.memory.home import config_path

    values = {name: _plain(getattr(found, name)) for name in KEYS if key in (None, name)}
    if as_json:
        from llmprep.cli.json_output import print_json

        print_json(values)
        return
    for name, value in values.items():
        typer.echo(f"{name} = {value}" if key is None else f"{value}")
    if key is None:
        typer.echo(f"({config_path()})")


def _plain(value: object) -> object:
    import datetime

    if isinstance(value, datetime.time):
        return value.strftime("%H:%M")
    return list(value) if isinstance(value, tuple) else value
