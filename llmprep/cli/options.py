"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

Lang = Annotated[
    str | None,
    typer.Option("--lang", help="en or zh; default: your setting, then your locale.", show_default=False),
]
"""The language of this run."""
