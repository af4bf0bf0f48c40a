"""Questions from a CSV file with a header, ours or another's."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from llmprep.content.items import Text
from llmprep.practice.import_pairs import Pair, in_both
from llmprep.practice.import_problem import ImportProblem

NAMES = {
    "id": ("id", "编号"),
    "level": ("level", "难度"),
    "question": ("question", "front", "q", "问题", "题目", "正面"),
    "answer": ("answer", "back", "a", "答案", "回答", "背面"),
    "points": ("points", "要点"),
    "trap": ("trap", "陷阱"),
    "source": ("source", "来源", "出处"),
}
_LONGEST_CELL = 10_000_000


def pairs_of(path: Path) -> list[Pair]:
    """Every row; raises ImportProblem when it is no table or lacks a column."""
    text = _text(path)
    lines = text.splitlines()
    header = lines[0] if lines else ""
    delimiter = max(",;\t", key=header.count)
    csv.field_size_limit(_LONGEST_CELL)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows = list(table)
    except csv.Error as error:
        raise ImportProblem("table", path=path, line=table.line_num, detail=error) from error
    columns = _columns(rows[0] if rows else [], path)
    filled = ((number, row) for number, row in enumerate(rows[1:], 2) if any(map(str.strip, row)))
    return [_pair(number, row, columns) for number, row in filled]


def _text(path: Path) -> str:
    """As spreadsheets save it: UTF-8 with or without its mark, or the Chinese code page."""
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ImportProblem("text", path=path)


def _columns(header: list[str], path: Path) -> dict[str, int]:
    """Where each of our columns is; `question_zh` and the like by that name."""
    found: dict[str, int] = {}
    for place, said in enumerate(header):
        name = said.strip().lower()
        base, _, language = name.rpartition("_")
        if language in ("en", "zh"):
            name = base
        ours = next((key for key, names in NAMES.items() if name in names), None)
        if ours is not None:
            found.setdefault(f"{ours}_{language}" if language in ("en", "zh") else ours, place)
    for needed in ("question", "answer"):
        if not found.keys() & {needed, f"{needed}_en", f"{needed}_zh"}:
            shown = ", ".join(said.strip() for said in header)[:80] or "-"
            raise ImportProblem("columns", path=path, missing=needed, found=shown)
    return found


def _pair(number: int, row: list[str], columns: dict[str, int]) -> Pair:
    def said(name: str) -> str:
        place = columns.get(name)
        return row[place] if place is not None and place < len(row) else ""

    def text(name: str) -> Text:
        return in_both(said(f"{name}_en") or said(name), said(f"{name}_zh") or said(name))

    points = text("points")
    lines = [[line.strip() for line in one.split("\n") if line.strip()] for one in (points.en, points.zh)]
    if len(lines[0]) != len(lines[1]):
        lines[1] = lines[0]
    level = said("level").strip()
    return Pair(
        text("question"),
        text("answer"),
        "row",
        number,
        said("id").strip(),
        int(level) if level in ("1", "2", "3") else 1,
        tuple(Text(en, zh) for en, zh in zip(*lines, strict=True)),
        text("trap"),
        said("source").strip(),
    )
