"""Questions from Markdown: `## question` and its answer below, or lines that begin with Q: and A:."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from llmprep.practice.import_pairs import Pair, in_both
from llmprep.practice.import_problem import ImportProblem

_FENCE = re.compile(r"^\s*(```|~~~)")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")
_LETTERED = re.compile(
    r"^\s*(?:[-*]\s+)?\**\s*(?P<kind>Q|A|Question|Answer|问题?|答案?)\s*\d*\s*\**\s*[:：]\s*\**\s*(?P<text>.*)$"
)
_OURS = re.compile(r"^\*.* · `(?P<id>[a-z0-9-]+)`\*$")
"""The last line of a question in what `export markdown` writes."""
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()<>#+\-.!|~]|(?=\d))")
_QUESTION_LEVEL = 2


def pairs_of(path: Path) -> list[Pair]:
    """Every question; raises ImportProblem when there is none."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportProblem("text", path=path) from error
    lines = text.splitlines()
    found = list(_by_headings(lines)) or list(_by_letters(lines))
    if not found:
        raise ImportProblem("no-pairs", path=path)
    return [_pair(number, question, answer) for number, question, answer in found]


def _pair(number: int, question: str, answer: list[str]) -> Pair:
    """A question; one of ours is told by its last line, and what stands above is not told apart again."""
    ours = next((match for line in reversed(answer) if (match := _OURS.match(line))), None)
    if ours is None:
        return Pair(in_both(question, ""), in_both(_plain(answer), ""), "line", number)
    told = in_both(_plain([line for line in answer if not _OURS.match(line)]), "")
    return Pair(in_both(question, ""), told, "line", number, ours["id"], in_parts=False)


def _by_headings(lines: list[str]) -> Iterator[tuple[int, str, list[str]]]:
    """(line, question, lines of the answer); a heading of the first level ends an answer."""
    number, question, answer, fenced = 0, "", list[str](), False
    for here, line in enumerate(lines, 1):
        fenced ^= bool(_FENCE.match(line))
        heading = None if fenced else _HEADING.match(line)
        if heading is None or len(heading[1]) > _QUESTION_LEVEL:
            answer.append(line)
            continue
        if question:
            yield number, question, answer
        number, answer = here, []
        question = _plain([heading[2]]) if len(heading[1]) == _QUESTION_LEVEL else ""
    if question:
        yield number, question, answer


def _by_letters(lines: list[str]) -> Iterator[tuple[int, str, list[str]]]:
    """The same for lines `Q: …` and `A: …`; both may go on below."""
    number, question, answer, fenced = 0, list[str](), list[str](), False
    into: list[str] | None = None
    for here, line in enumerate(lines, 1):
        fenced ^= bool(_FENCE.match(line))
        lettered = None if fenced else _LETTERED.match(line)
        if lettered is None:
            if into is not None:
                into.append(line)
            continue
        if lettered["kind"][0] in "Q问":
            if question:
                yield number, _plain(question), answer
            number, question, answer = here, [lettered["text"]], []
            into = question
        elif question:
            answer.append(lettered["text"])
            into = answer
    if question:
        yield number, _plain(question), answer


def _plain(lines: list[str]) -> str:
    """The text without its marks of emphasis; code keeps its backticks, fences go."""
    said, fenced = [], False
    for line in lines:
        if _FENCE.match(line):
            fenced = not fenced
        elif fenced:
            said.append(line)
        else:
            pieces = enumerate(line.split("`"))
            said.append("`".join(_unmarked(piece) if n % 2 == 0 else piece for n, piece in pieces))
    return "\n".join(said)


def _unmarked(text: str) -> str:
    text = re.sub(r"(?<![\\*])(\*\*|\*)(?=\S)(.+?)(?<=[^\s\\])\1(?!\*)", r"\2", text)
    return _ESCAPED.sub(r"\1", text)
