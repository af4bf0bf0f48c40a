"""Every sentence is there in both languages with the same values; every key that is asked for exists."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import llmprep
from llmprep.ui import strings

PACKAGE = Path(llmprep.__file__).parent
_KEY = re.compile(
    r"""(?:\.say|\.line|\bsay)\(\s*(?:self\.language,\s*|language,\s*|\w+\.language,\s*)?"([a-z][\w.-]+)\""""
)


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("key", strings.keys())
def test_both_languages_say_it_with_the_same_values(key: str) -> None:
    en, zh = dict(zip(strings.keys(), strings.pairs(), strict=True))[key]
    assert en.strip() and zh.strip()
    assert fields(en) == fields(zh)
    assert not re.search(r"[\u3400-\u9fff]", en)


def test_every_key_that_is_asked_for_exists() -> None:
    known = set(strings.keys())
    asked = {
        (path.name, key)
        for path in PACKAGE.rglob("*.py")
        for key in _KEY.findall(path.read_text("utf-8"))
        if "." in key
    }
    assert len(asked) > 150
    assert {(name, key) for name, key in asked if key not in known} == set()


def test_no_sentence_is_left_over() -> None:
    """A key that no file mentions, whole or by its beginning, is said by nobody."""
    homes = {"strings", "companion_words", "exchange_words"}
    source = "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py") if path.stem not in homes)
    made = set(re.findall(r"""[fF]["']([a-z][\w.-]*\.)\{""", source))
    unused = [
        key
        for key, _ in zip(strings.keys(), strings.pairs(), strict=True)
        if not re.search(f"['\"]{re.escape(key)}['\"]", source)
        and not any(key.startswith(beginning) for beginning in made)
    ]
    assert unused == []
