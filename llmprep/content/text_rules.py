"""What every text is checked for: written in both languages, in its own script, in plain prose."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Any

from llmprep.content.links import Finding, is_unwritten
from llmprep.content.yaml_source import Location

_HAN = r"[\u3400-\u9fff]"
_CHINESE = re.compile(_HAN)
_CODE = re.compile(r"`[^`\n]*`")
_HALF_WIDTH = re.compile(rf"{_HAN}[,;:?!.](?![A-Za-z0-9])|[,;:?!](?={_HAN})")
_UNSPACED = re.compile(rf"{_HAN}[A-Za-z0-9]|[A-Za-z0-9]{_HAN}")
_MARKDOWN = re.compile(r"\*\*|\]\(|^#+ ", re.MULTILINE)
_TEX = re.compile(r"\\[A-Za-z]{2,}|[_^]\{")
_AROUND = 8
"""Characters shown on either side of a fault."""


def text_findings(item: Any) -> Iterator[Finding]:
    """The faults of all texts of an item."""
    for at, text in _texts(item, ()):
        if is_unwritten(text.en) or is_unwritten(text.zh):
            continue
        yield from _check(text.en, "en", at)
        yield from _check(text.zh, "zh", at)
        if text.zh == text.en and len(re.findall(r"\b[a-z]{3,}\b", text.en)) > 3:
            yield Finding("the zh text repeats the English one", "write it natively in Chinese", (*at, "zh"))


def _texts(value: Any, at: Location) -> Iterator[tuple[Location, Any]]:
    if isinstance(value, tuple):
        for position, element in enumerate(value):
            yield from _texts(element, (*at, position))
    elif dataclasses.is_dataclass(value):
        fields = [field.name for field in dataclasses.fields(value)]
        if "en" in fields and "zh" in fields:
            yield at, value
        for name in fields:
            yield from _texts(getattr(value, name), (*at, name))


def _check(text: str, language: str, at: Location) -> Iterator[Finding]:
    at = (*at, language)
    if not text.strip():
        yield Finding(f"a text is empty in {language}", "write it; both languages are read", at)
        return
    if text.count("`") % 2:
        yield Finding("a backtick has no partner", "put `code` between two", at)
    prose = _CODE.sub(lambda match: "\0" * len(match[0]), text)
    for pattern, message, mend in _PROSE[language]:
        found = pattern.search(prose)
        if found:
            shown = text[max(found.start() - _AROUND, 0) : found.end() + _AROUND].replace("\n", " ")
            yield Finding(f"{message}, near '{shown}'", mend, at)


_ANY_LANGUAGE = (
    (_MARKDOWN, "Markdown is printed as it stands", "write plain prose; only `code` is set apart"),
    (_TEX, "TeX is printed as it stands", "write Unicode, as in √d_k or QKᵀ; TeX belongs in tex:"),
)
_PROSE = {
    "en": (*_ANY_LANGUAGE, (_CHINESE, "the English text has Chinese in it", "write it in English")),
    "zh": (
        *_ANY_LANGUAGE,
        (_HALF_WIDTH, "half-width punctuation in Chinese", "write ，。：；？！ there"),
        (_UNSPACED, "Chinese and Latin touch", "put a space between them"),
    ),
}
