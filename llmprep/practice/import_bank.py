"""A bank of questions that came in, as a content file of the learner's own, and the entry for its source.

Strings are written as JSON, which is also YAML, so that nothing in them can be taken for anything else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from llmprep.content.items import Text
from llmprep.content.library import load_unit
from llmprep.memory.home import replace_text
from llmprep.practice.import_pairs import Pair
from llmprep.practice.import_problem import ImportProblem

ORDER = 60
MOST_POINTS = 8
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|(?<=[。！？；])|\n+")
_TERM = re.compile(r"[A-Za-z][A-Za-z0-9_+./-]*[A-Za-z0-9]")
_CLAUSE_END = re.compile(r"[，、：；。！？（）,:;.!?()\s]+")
_LONG_WORD, _MOST_PHRASES = 7, 4


def write_bank(path: Path, title: str, pairs: Sequence[Pair]) -> None:
    """Write a new bank; `pairs` have their ids and sources.

    Raises:
        ImportProblem: it could not be read back; it is removed then.
    """
    text = "".join(_bank(title, pairs))
    replace_text(path, text)
    problems = load_unit(path).problems
    if problems:
        path.unlink()
        raise ImportProblem("bank", detail=problems[0])


def add_reference(path: Path, name: str, title: str, today: date, link: str) -> None:
    """Name a source in references.yaml, which is made when missing; a broken one is left as it is."""
    entry = f"- {{id: {_said(name)}, title: {_said(title)}, year: {today.year}, link: {_said(link)}}}\n"
    try:
        before = path.read_text("utf-8")
    except FileNotFoundError:
        before = "# Where your own questions come from.\n"
    else:
        unit = load_unit(path)
        if unit.problems or name in {one.id for one in unit.entries}:
            return
    replace_text(path, before + ("" if before.endswith("\n") else "\n") + entry)


def _bank(title: str, pairs: Sequence[Pair]) -> Iterator[str]:
    yield f"title: {_flow(Text(title, title))}\norder: {ORDER}\nquestions:\n"
    for pair in pairs:
        yield f"  - id: {_said(pair.id)}\n"
        yield f"    ask:\n{_block(pair.question, 6)}"
        yield f"    level: {pair.level}\n"
        yield "    points:\n"
        for point, phrases in _recognised(pair):
            yield f"      - en: {_said(point.en)}\n        zh: {_said(point.zh)}\n"
            yield f"        any: [{', '.join(map(_said, phrases))}]\n"
        yield f"    answer:\n{_block(pair.answer, 6)}"
        if pair.trap.en:
            yield f"    trap:\n{_block(pair.trap, 6)}"
        yield f"    source: {_said(pair.source)}\n"


def _block(text: Text, columns: int) -> str:
    space = " " * columns
    return f"{space}en: {_said(text.en)}\n{space}zh: {_said(text.zh)}\n"


def _flow(text: Text) -> str:
    return f"{{en: {_said(text.en)}, zh: {_said(text.zh)}}}"


def _said(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


# ---------------------------------------------------------------- points


def _recognised(pair: Pair) -> Iterator[tuple[Text, list[str]]]:
    """The points of an answer, and the phrases that show each: no phrase stands at two of them."""
    used = {term.casefold() for lang in (pair.question.en, pair.question.zh) for term in _TERM.findall(lang)}
    told: set[str] = set()
    for point in pair.points or _sentences(pair.answer):
        if point.en.casefold() in told or point.zh.casefold() in told:
            continue
        told |= {point.en.casefold(), point.zh.casefold()}
        phrases: list[str] = []
        for text in dict.fromkeys((point.en, point.zh)):
            for phrase in _phrases(text):
                if phrase.casefold() not in used and len(phrases) < _MOST_PHRASES:
                    used.add(phrase.casefold())
                    phrases.append(phrase)
        yield point, phrases or [point.en]


def _sentences(answer: Text) -> list[Text]:
    """The answer sentence by sentence; as a whole where the languages are not cut alike or it is long."""
    cut = (_SENTENCE_END.split(text) for text in (answer.en, answer.zh))
    en, zh = ([part.strip() for part in parts if part.strip()] for parts in cut)
    if len(en) != len(zh) or len(en) > MOST_POINTS:
        return [answer]
    return [Text(*both) for both in zip(en, zh, strict=True)]


def _phrases(text: str) -> Iterator[str]:
    """Terms that nobody says by chance: names, abbreviations, long words; else the short Chinese clauses."""
    terms = [term for term in _TERM.findall(text) if len(term) >= _LONG_WORD or not term[1:].islower()]
    yield from terms
    if not terms:
        yield from (part for part in _CLAUSE_END.split(text) if not part.isascii() and 3 <= len(part) <= 10)
