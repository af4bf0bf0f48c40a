"""What is shown on a terminal as a file that needs neither a terminal nor a network: SVG or HTML."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.terminal_theme import TerminalTheme

from llmprep.content.items import Language
from llmprep.ui.terminal import THEME

WIDTH = 80
_FONTS = "'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', monospace"
_INK = [
    (36, 41, 47),
    (180, 35, 24),
    (17, 99, 41),
    (125, 78, 0),
    (9, 105, 218),
    (130, 80, 223),
    (27, 124, 131),
]
_GREY, _BLACK, _WHITE = (110, 119, 129), (36, 41, 47), (255, 255, 255)
_PAPER = TerminalTheme(_WHITE, _BLACK, [*_INK, _GREY], [*_INK, _GREY])
"""Black on white: it is read in a document, not in a terminal."""

_SVG = (
    """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">
<style>.{unique_id}-matrix {{ font-family: FONTS; font-size: {char_height}px; line-height: {line_height}px; }}
{styles}</style>
<defs><clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}</defs>
<rect width="100%" height="100%" fill="#ffffff"/>
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g></g>
</svg>
"""
).replace("FONTS", _FONTS)
_HTML = """<!DOCTYPE html>
<html lang="LANGUAGE"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>TITLE</title>
<style>
body {{ margin: 1.5rem; color: {foreground}; background: {background}; }}
pre {{ font-family: FONTS; line-height: 1.25; overflow-x: auto; }}
{stylesheet}
</style></head>
<body><pre>{code}</pre></body></html>
""".replace("FONTS", _FONTS)


def save(path: Path, things: Iterable[Any], title: str, language: Language, width: int = WIDTH) -> None:
    """Draw `things` at `width` columns into a file: SVG where its name ends so, else HTML.

    Raises:
        OSError: the file cannot be written.
    """
    console = Console(
        record=True, file=io.StringIO(), width=width, theme=THEME, highlight=False, markup=False, emoji=False,
        force_terminal=True, color_system="truecolor", legacy_windows=False,
    )  # fmt: skip
    for thing in things:
        console.print(thing)
    if path.suffix.lower() == ".svg":
        written = console.export_svg(title=title, theme=_PAPER, code_format=_SVG)
    else:
        from html import escape

        page = _HTML.replace("LANGUAGE", language).replace(
            "TITLE", escape(title).replace("{", "").replace("}", "")
        )
        written = console.export_html(theme=_PAPER, code_format=page)
    path.write_text(written, "utf-8")
