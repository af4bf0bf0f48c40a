"""A drill written with a library that is not here is not given and not proved, and the program says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from llmprep.content.locate import content_root
from llmprep.judge.libraries import missing

Command = Callable[..., Any]


@pytest.fixture
def without_library(copied_content: Path) -> Path:
    """Content in which `softmax`, the first drill, needs what nobody has."""
    path = copied_content / "drills" / "softmax" / "drill.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "requires: [no_such_library]\n", encoding="utf-8")
    return copied_content


def test_what_is_missing_is_found() -> None:
    assert missing(["torch", "no_such_library"]) == ["no_such_library"]


@pytest.mark.parametrize(("language", "said"), [("en", "is written with"), ("zh", "而这里没有安装")])
def test_it_is_not_given(llmprep: Command, without_library: Path, language: str, said: str) -> None:
    answer = str(content_root() / "solutions" / "softmax" / "reference.py")
    for arguments in (("drill", "softmax"), ("drill", "softmax", "--check", answer)):
        done = llmprep(*arguments, "--lang", language)
        assert done.status == 3
        assert said in done.err
        assert "no_such_library" in done.err


def test_another_is_proposed(llmprep: Command, without_library: Path) -> None:
    assert "llmprep drill attention" in llmprep("--lang", "en").out


def test_the_list_says_so(llmprep: Command, without_library: Path) -> None:
    listed = llmprep("drill", "--list", "--lang", "en").out
    assert "with no_such_library" in " ".join(listed.split())


def test_it_is_not_proved(llmprep: Command, without_library: Path) -> None:
    done = llmprep("content", "check", "softmax", "--lang", "en")
    assert done.status == 0, done.err + done.out
    assert "softmax: not proved, no_such_library is not installed" in done.out
    done = llmprep("content", "mutate", "softmax", "--lang", "en")
    assert "softmax: not proved, no_such_library is not installed" in done.out
