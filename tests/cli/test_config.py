"""`llmprep config`, `plan`, `stats` and completion: what is shown, kept and refused."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from llmprep.cli.config import KEYS
from llmprep.memory.settings import EXPECTED

Command = Callable[..., Any]


def test_every_setting_has_its_key() -> None:
    assert {*KEYS, "model"} == set(EXPECTED)


def test_a_setting_is_shown_changed_and_taken_back(llmprep: Command, home: Path) -> None:
    assert llmprep("config", "new_per_day").out == "10\n"
    assert llmprep("config", "new_per_day", "25").out == "25\n"
    (home / "config.toml").write_text("# mine\n" + (home / "config.toml").read_text("utf-8"), "utf-8")
    assert json.loads(llmprep("config", "--json").out)["new_per_day"] == 25
    assert llmprep("config", "new_per_day", "--unset").out == "10\n"
    assert (home / "config.toml").read_text("utf-8") == "# mine\n"


def test_several_folders_are_one_setting(llmprep: Command, home: Path, tmp_path: Path) -> None:
    llmprep("config", "content_dirs", str(tmp_path / "a"), str(tmp_path / "b"))
    found = json.loads(llmprep("config", "content_dirs", "--json").out)
    assert found == {"content_dirs": [str(tmp_path / "a"), str(tmp_path / "b")]}
    assert llmprep("config", "new_per_day", "7").status == 0
    assert json.loads(llmprep("config", "content_dirs", "--json").out) == found


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("new_per_day", "many", "it must be 0..9999"),
        ("retention", "1.5", "it must be 0.70..0.99"),
        ("language", "fr", 'it must be "en" | "zh" | "auto"'),
        ("day_turns_at", "25:00", "it must be"),
        ("interview_day", "2026-02-30", "it must be"),
        ("hours_per_day", "nan", "it must be"),
    ],
)
def test_a_wrong_value_changes_nothing(llmprep: Command, home: Path, key: str, value: str, said: str) -> None:
    done = llmprep("config", key, value, "--lang", "en")
    assert done.status != 0
    assert said in done.err and len(done.err.splitlines()) == 1
    assert not (home / "config.toml").exists()


def test_an_unknown_key_is_named(llmprep: Command) -> None:
    done = llmprep("config", "new_per_dya", "5", "--lang", "en")
    assert (done.status, done.err) == (2, "There is no setting 'new_per_dya': choose new_per_day.\n")


def test_the_day_of_the_interview_is_remembered_and_shown_at_home(llmprep: Command) -> None:
    assert llmprep("plan", "--lang", "en").status == 2
    first = llmprep("plan", "--until", "2026-12-20", "--hours", "2", "--lang", "en")
    assert "28 days until 2026-12-20" in first.out
    assert "28 days until 2026-12-20" in llmprep("plan", "--lang", "en").out
    assert "Today: about" in llmprep("--lang", "en").out
    assert "llmprep drill softmax" in llmprep("--lang", "en").out
    days = json.loads(llmprep("plan", "--json").out)
    assert len(days) == 28 and days[0]["day"] == "2026-11-22"


def test_statistics_of_a_beginner(llmprep: Command, tmp_path: Path) -> None:
    done = llmprep("stats", "--lang", "en")
    assert done.status == 0 and "begin with llmprep quiz" in done.out
    assert json.loads(llmprep("stats", "--json").out)["readiness"]["is_guess"] is True
    page = tmp_path / "stats.html"
    assert llmprep("stats", "--html", str(page)).status == 0
    assert not re.search(r"https?://", page.read_text("utf-8"))


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("llmprep drill lor", "lora"),
        ("llmprep explain transf", "transformer"),
        ("llmprep config new", "new_per_day"),
    ],
)
def test_the_shell_completes_names(words: str, wanted: str, home: Path) -> None:
    asked = {"COMP_WORDS": words, "COMP_CWORD": "2", "_LLMPREP_COMPLETE": "complete_bash"}
    program = str(Path(sys.executable).with_name("llmprep"))
    done = subprocess.run([program], env={**os.environ, **asked}, capture_output=True, text=True, check=False)
    assert wanted in done.stdout.split()


def test_an_interview_without_a_terminal_says_so(llmprep: Command) -> None:
    done = llmprep("interview", "--lang", "en")
    assert (done.status, done.err) == (2, "An interview needs a terminal; --plan prints its parts.\n")
    parts = [json.loads(llmprep("interview", "--plan", "--seed", "7").out) for _ in range(2)]
    assert parts[0] == parts[1] and len(parts[0]) >= 4
