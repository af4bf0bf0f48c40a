"""Searching all content: how texts and queries become terms that SQLite's full-text index can match.

Chinese is written without spaces, so a run of it becomes overlapping pairs of characters: 注意力 is found as
注意 and 意力 beside each other, by two characters as well as by ten. (A trigram index cannot find words of
two characters, and most Chinese words are.) Of a Latin word its stem is looked for, as the start of words.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

INDEXED = ("question", "drill", "paper")
LAYOUT = "CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5(title, body, tokenize = 'unicode61')"
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_BRITISH = re.compile(r"\b([a-z]{3,}i)s(ations?|ed?|es|ing|ers?)\b")
_ENDING = re.compile(r"([a-z]{4,}?)(?:ations?|ings?|ed|es|s)")
_PIECE = re.compile(r"(?P<chinese>[\u3400-\u9fff]+)|(?P<latin>[^\W_\u3400-\u9fff]+)")


def terms(text: str) -> str:
    """A text as it is indexed: lower-case, Chinese in pairs of characters and the last one of each run."""
    return _CHINESE.sub(lambda run: f" {' '.join(_pairs(run[0]))} ", normal(text))


def normal(text: str) -> str:
    """Full-width letters, ligatures and capitals as plain ones; British endings as American ones."""
    return _BRITISH.sub(r"\1z\2", unicodedata.normalize("NFKC", text).lower())


def queries(words: str) -> list[str]:
    """What the index is asked, the strictest first: every word as it stands, in parts, any part of it.

    The beginning of a Latin word is enough. None without a word.
    """
    exact, parts = [], []
    for piece in _PIECE.finditer(normal(words)):
        run = piece["chinese"]
        if run is None or len(run) == 1:
            exact.append(f'"{stem(piece[0])}"*')
            parts.append(exact[-1])
        else:
            pairs = _pairs(run)[:-1]
            exact.append(f'"{" ".join(pairs)}"')
            parts += [f'"{pair}"' for pair in pairs]
    return [" AND ".join(exact), " AND ".join(parts), " OR ".join(parts)] if exact else []


def stem(word: str) -> str:
    """A Latin word without a common ending: `clipping` is found by `clip`, and the other way round."""
    found = _ENDING.fullmatch(word)
    if found is None:
        return word
    rest = found[1]
    return rest[:-1] if len(rest) > 4 and rest[-1] == rest[-2] and rest[-1] not in "aeiosl" else rest


def pieces(words: str) -> list[str]:
    """The words of a query as they may stand in a text."""
    return [piece[0] for piece in _PIECE.finditer(normal(words))]


def texts(item: Any) -> Iterator[str]:
    """Everything an item says to a learner, in both languages."""
    if isinstance(item, tuple):
        for element in item:
            yield from texts(element)
    elif dataclasses.is_dataclass(item):
        names = [field.name for field in dataclasses.fields(item)]
        if "en" in names and "zh" in names:
            yield from (item.en, item.zh)  # type: ignore[union-attr]
            names = [name for name in names if name not in ("en", "zh", "tex")]
        for name in names:
            if name not in ("hints", "any", "all", "unless", "about", "unlike"):
                yield from texts(getattr(item, name))


def _pairs(run: str) -> list[str]:
    return [*(run[at : at + 2] for at in range(len(run) - 1)), run[-1]]
