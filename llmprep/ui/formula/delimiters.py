"""Brackets that grow with what they enclose."""

from __future__ import annotations

from collections.abc import Sequence

from llmprep.ui.formula.boxes import Box, beside

#: delimiter → top, extension, bottom
_PIECES = {
    "(": "⎛⎜⎝", ")": "⎞⎟⎠", "[": "⎡⎢⎣", "]": "⎤⎥⎦", "⌊": "⎢⎢⎣", "⌋": "⎥⎥⎦", "⌈": "⎡⎢⎢", "⌉": "⎤⎥⎥",
    "|": "│││", "‖": "║║║", "↑": "↑││", "↓": "││↓",
}  # fmt: skip
#: brace → top, extension, bottom, middle, and the two rows of the middle at even heights
_BRACES = {"{": "⎧⎪⎩⎨⎭⎫", "}": "⎫⎪⎭⎬⎩⎧"}


def fenced(delimiters: Sequence[str], parts: Sequence[Box]) -> Box:
    """Parts between delimiters, all as tall as the tallest part."""
    above, below = max(part.baseline for part in parts), max(part.below for part in parts)
    if above + below == 1 and any(delimiter in _BRACES for delimiter in delimiters):
        above = below = 1  # a brace has no good shape of two rows
    height = above + below + 1
    columns = [Box.of(grown(delimiters[0], height), above)]
    for delimiter, part in zip(delimiters[1:], parts, strict=True):
        columns += [part, Box.of(grown(delimiter, height), above)]
    return beside(columns)


def grown(delimiter: str, height: int) -> list[str]:
    """The delimiter as a column of `height` rows."""
    if height == 1 or not delimiter:
        return [delimiter] * height
    if delimiter in _PIECES:
        pieces = _PIECES[delimiter]
        return [pieces[0], *[pieces[1]] * (height - 2), pieces[2]]
    if delimiter in _BRACES:
        return _brace(_BRACES[delimiter], height)
    if delimiter in "⟨⟩":
        return _angle(delimiter, height)
    if delimiter in "/\\":
        stroke = "╱" if delimiter == "/" else "╲"
        rows = [" " * row + stroke + " " * (height - 1 - row) for row in range(height)]
        return rows[::-1] if delimiter == "/" else rows
    return [delimiter if row == height // 2 else " " for row in range(height)]


def _brace(pieces: str, height: int) -> list[str]:
    top, extension, bottom, middle, upper, lower = tuple(pieces)
    if height == 2:
        return [top, bottom]
    arms = [extension] * ((height - 3) // 2)
    centre = [middle] if height % 2 else [upper, lower]
    return [top, *arms, *centre, *arms, bottom]


def _angle(delimiter: str, height: int) -> list[str]:
    reach = height // 2
    first, second = ("╱", "╲") if delimiter == "⟨" else ("╲", "╱")
    depths = range(reach - 1, -1, -1) if delimiter == "⟨" else range(reach)
    upper = [(" " * depth + first).ljust(reach) for depth in depths]
    lower = [(" " * depth + second).ljust(reach) for depth in reversed(depths)]
    point = [(delimiter if delimiter == "⟨" else delimiter.rjust(reach)).ljust(reach)] if height % 2 else []
    return [*upper, *point, *lower]
