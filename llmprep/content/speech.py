"""How long a text takes to say: 150 English words or 260 Chinese characters a minute."""

from __future__ import annotations

import re

from llmprep.content.items import Language, Text

PER_MINUTE: dict[Language, int] = {"en": 150, "zh": 260}
UNITS: dict[Language, str] = {"en": "words", "zh": "characters"}
LANGUAGE_NAMES: dict[Language, str] = {"en": "English", "zh": "Chinese"}
_CJK = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z0-9_√αβγδεθλμσπτ∝≈.%+\-×·/^'’]+")


def english_words(text: str) -> int:
    """Words as they are said: `O(n²·d)` counts once."""
    return len(text.split())


def chinese_characters(text: str) -> int:
    """Characters as they are said; a Latin word or a number counts once."""
    return len(_CJK.findall(text)) + len(_LATIN_WORD.findall(_CJK.sub(" ", text)))


def spoken_length(text: Text, language: Language) -> int:
    """English words, or Chinese characters."""
    return chinese_characters(text.zh) if language == "zh" else english_words(text.en)


def spoken_seconds(text: Text, language: Language) -> float:
    """How long the text takes at an interviewee's pace."""
    return spoken_length(text, language) * 60 / PER_MINUTE[language]
