"""How near two texts are, by the words they share: enough to choose the question that asks on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol


class Bilingual(Protocol):
    """Anything written in both languages."""

    @property
    def en(self) -> str: ...
    @property
    def zh(self) -> str: ...


def terms(texts: Iterable[Bilingual]) -> set[str]:
    """Words of four letters and more, numbers, and pairs of Chinese characters."""
    joined = " ".join(f"{text.en} {text.zh}" for text in texts).lower()
    chinese = re.findall(r"[\u3400-\u9fff]+", joined)
    pairs = {run[at : at + 2] for run in chinese for at in range(len(run) - 1)}
    return pairs | set(re.findall(r"[a-z_]{4,}|\d[\d.,]+", joined))


def nearness(found: set[str], wanted: set[str]) -> float:
    """How much of `wanted` a text speaks of, the length of the text discounted."""
    return len(found & wanted) / (len(found) + 30)
