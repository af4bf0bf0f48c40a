"""Questions from an Anki package, read without Anki: a zip file with a SQLite database in it.

Of the forms that Anki writes, the two older ones are read (`collection.anki2`, `collection.anki21`); the
newer one is compressed with a library that Python does not have.
"""

from __future__ import annotations

import json
import re
import sqlite3
import tempfile
import zipfile
import zlib
from contextlib import closing
from pathlib import Path
from typing import Any

from llmprep.content.items import Text
from llmprep.practice.export_anki import MODEL_ID
from llmprep.practice.import_pairs import Pair, in_both, text_of_html
from llmprep.practice.import_problem import ImportProblem

_COMPRESSED, _OLD = "collection.anki21b", ("collection.anki21", "collection.anki2")
_QUESTIONS = ("question", "front", "问题", "题目", "正面")
_ANSWERS = ("answer", "back", "答案", "回答", "背面")
_CLOZE = re.compile(r"\{\{c\d+::(.*?)(?:::(.*?))?\}\}", re.DOTALL)
_LARGEST = 1 << 30
"""Bytes of a database; a zip file can promise more than a disk holds."""


def pairs_of(path: Path) -> list[Pair]:
    """Every note; raises ImportProblem when it is no package that can be read."""
    try:
        with zipfile.ZipFile(path) as package, tempfile.TemporaryDirectory() as folder:
            names = package.namelist()
            if _COMPRESSED in names:
                raise ImportProblem("anki-new", path=path)
            name = next((name for name in _OLD if name in names), None)
            if name is None or package.getinfo(name).file_size > _LARGEST:
                raise ImportProblem("anki", path=path, detail="collection.anki2")
            database = Path(package.extract(name, folder))
            with closing(sqlite3.connect(database)) as connection:
                return _notes(connection)
    except (zipfile.BadZipFile, zlib.error, sqlite3.Error, ValueError, KeyError, TypeError) as error:
        raise ImportProblem("anki", path=path, detail=" ".join(str(error).split())[:80]) from error


def _notes(connection: sqlite3.Connection) -> list[Pair]:
    [(models_text,)] = connection.execute("SELECT models FROM col")
    fields = {
        int(number): [str(field["name"]) for field in sorted(model["flds"], key=lambda field: field["ord"])]
        for number, model in json.loads(models_text).items()
    }
    rows = connection.execute("SELECT mid, flds, tags FROM notes ORDER BY id")
    return [
        _pair(number, mid, dict(zip(fields.get(mid, []), flds.split("\x1f"), strict=False)), flds, tags)
        for number, (mid, flds, tags) in enumerate(rows, 1)
    ]


def _pair(number: int, model: int, named: dict[str, str], flds: str, tags: str) -> Pair:
    if model == MODEL_ID:
        return _ours(number, named, tags)
    values = flds.split("\x1f")
    if _CLOZE.search(values[0]):
        asked = _CLOZE.sub(lambda match: f"[{match[2] or '…'}]", values[0])
        told = "<br>".join([_CLOZE.sub(r"\1", values[0]), *values[1:]])
        return Pair(_text(asked), _text(told), "note", number)
    question = _field(named, _QUESTIONS)
    answer = _field(named, _ANSWERS)
    if question is None or answer is None:
        question, answer = values[0], "<br>".join(value for value in values[1:] if value.strip())
    return Pair(_text(question), _text(answer), "note", number)


def _ours(number: int, named: dict[str, str], tags: str) -> Pair:
    """A note that `export anki` made: its texts are marked with their languages."""
    points: dict[str, list[str]] = {
        language: [text_of_html(item) for item in re.findall(r"<li>(.*?)</li>", part, re.DOTALL)]
        for language, part in re.findall(r'<div class="(en|zh)">(.*?)</div>', named["Points"], re.DOTALL)
    }
    en, zh = points.get("en") or points.get("zh") or [], points.get("zh") or points.get("en") or []
    return Pair(
        _in_languages(named["Question"]),
        _in_languages(named["Answer"]),
        "note",
        number,
        text_of_html(named["Id"]),
        next((level for level in (1, 2, 3) if f"level-{level}" in tags.split()), 1),
        points=tuple(in_both(first, second) for first, second in zip(en, zh, strict=False)),
        trap=_in_languages(named["Trap"]),
        source=text_of_html(named["Source"]),
    )


def _in_languages(source: str) -> Text:
    parts: dict[str, Any] = dict(re.findall(r'<div class="(en|zh)">(.*?)</div>', source, re.DOTALL))
    if not parts:
        return _text(source)
    return in_both(text_of_html(parts.get("en", "")), text_of_html(parts.get("zh", "")))


def _field(named: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((value for name, value in named.items() if name.strip().lower() in names), None)


def _text(source: str) -> Text:
    return in_both(text_of_html(source), "")
