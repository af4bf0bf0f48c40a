"""What fails outside an answer: one sentence that says what, where and how to mend it; nothing is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from llmprep.memory.settings import Settings
from llmprep.memory.store import open_store

Command = Callable[..., Any]
LANGUAGES = ("en", "zh")
COMMANDS = [(), ("quiz",), ("drill", "softmax"), ("explain",)]


def said(done: Any, *parts: str) -> None:
    """One sentence on standard error holds all `parts`; the status is 3."""
    assert done.status == 3
    assert done.err.count("\n") == 1 and "Traceback" not in done.err
    for part in parts:
        assert part in done.err


def answered(home: Path, *cards: str) -> None:
    """Put reviews into the learner's log."""
    with open_store(Settings(), home / "progress.db") as store:
        for card in cards:
            store.record_review(card, 1, 3, {})


# ------------------------------------------------------------------ the folder


@pytest.mark.parametrize("arguments", COMMANDS)
def test_a_home_that_is_a_file(
    llmprep: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "taken").write_text("a letter", encoding="utf-8")
    for home in (tmp_path / "taken", tmp_path / "taken" / "below"):
        monkeypatch.setenv("LLMPREP_HOME", str(home))
        said(llmprep(*arguments, "--lang", "en"), str(tmp_path / "taken"), "Not a directory", "$LLMPREP_HOME")
        said(llmprep(*arguments, "--lang", "zh"), str(tmp_path / "taken"), "用 $LLMPREP_HOME 指定别的目录")
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "a letter"


def test_a_practice_file_that_is_a_folder(llmprep: Command, home: Path) -> None:
    (home / "practice" / "softmax.py" / "mine").mkdir(parents=True)
    done = llmprep("drill", "softmax", "--reset")
    assert done.status in (0, 3)
    kept = list((home / "practice").rglob("mine"))
    assert len(kept) == 1


# ------------------------------------------------------------------ the database


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_damaged_database_is_named_and_recovered(llmprep: Command, home: Path, language: str) -> None:
    answered(home, "question/bert-vs-gpt", "drill/softmax", "paper/lora")
    database = home / "progress.db"
    damaged = b"not a database at all" + database.read_bytes()[21:]
    database.write_bytes(damaged)
    mend = {"en": "`llmprep recover` saves every answer", "zh": "运行 `llmprep recover` 可救回"}[language]
    for arguments in COMMANDS:
        said(llmprep(*arguments, "--lang", language), str(database), mend)
    assert database.read_bytes() == damaged

    done = llmprep("recover", "--lang", language)
    assert done.status == 0
    assert ("3 entries" if language == "en" else "救回 3 条记录") in done.out
    assert (home / "progress.db.broken-2026-11-22").read_bytes() == damaged
    assert "2026-11-22" in llmprep("--lang", language).out
    with open_store(Settings(), database) as store:
        assert store.seen() == {"question/bert-vs-gpt", "drill/softmax", "paper/lora"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_to_recover(llmprep: Command, home: Path, language: str) -> None:
    done = llmprep("recover", "--lang", language)
    assert done.status == 0
    assert ("nothing to recover" if language == "en" else "无需恢复") in done.out
    assert not home.exists()


def test_a_database_of_a_newer_version(llmprep: Command, home: Path) -> None:
    answered(home, "drill/softmax")
    with closing(sqlite3.connect(home / "progress.db")) as connection:
        connection.execute("INSERT INTO migrations VALUES ('m999_from_the_future', 'then')")
        connection.commit()
    said(llmprep("quiz"), "newer llmprep", "m999_from_the_future", "pip install -U llmprep")
    said(llmprep("quiz", "--lang", "zh"), "更新版本", "m999_from_the_future")


# ------------------------------------------------------------------ settings and clock


@pytest.mark.parametrize(
    ("config", "en", "zh"),
    [
        ('# mine\nlanguage = "en\n', "config.toml:2 is not valid TOML", "config.toml:2 不是合法的 TOML"),
        (
            "\n\nretention = 2.0\n",
            "config.toml:3: retention is 2.0; it must be 0.70..0.99.",
            "config.toml:3：retention 是 2.0，应为 0.70..0.99。",
        ),
        ('new_per_day = "ten"', "config.toml:1: new_per_day is ten", "config.toml:1：new_per_day 是 ten"),
    ],
)
@pytest.mark.parametrize("arguments", COMMANDS)
def test_broken_settings_are_named_by_line(
    llmprep: Command, home: Path, config: str, en: str, zh: str, arguments: tuple[str, ...]
) -> None:
    home.mkdir()
    (home / "config.toml").write_text(config, encoding="utf-8")
    said(llmprep(*arguments), en)
    said(llmprep(*arguments, "--lang", "zh"), zh)
    assert (home / "config.toml").read_text(encoding="utf-8") == config


@pytest.mark.parametrize("moment", ["garbage", "2026-13-01T20:00", "0001-01-01", "25:00"])
def test_a_clock_that_is_no_time(llmprep: Command, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    monkeypatch.setenv("LLMPREP_NOW", moment)
    for arguments in ((), ("quiz",)):
        said(llmprep(*arguments), "$LLMPREP_NOW", moment, "2026-11-22T20:00+08:00")
        said(llmprep(*arguments, "--lang", "zh"), "$LLMPREP_NOW", "不是日期时间")


# ------------------------------------------------------------------ content


def test_broken_yaml_is_named_and_the_rest_works(llmprep: Command, copied_content: Path) -> None:
    bank = copied_content / "questions" / "bert.yaml"
    lines = bank.read_text(encoding="utf-8").split("\n")
    lines[9] = "    levle: 1: ["
    bank.write_text("\n".join(lines), encoding="utf-8")
    for language, words in (("en", "1 content file(s) could not be used"), ("zh", "有 1 个内容文件无法使用")):
        for arguments in ((), ("quiz",), ("drill", "softmax"), ("explain", "bert", "--beat", "core")):
            done = llmprep(*arguments, "--lang", language)
            assert done.status == 0, done.err
            assert words in done.err and f"{bank}:10:" in done.err
            assert done.out
    asked = llmprep("quiz", "--list").out
    assert "bert" not in asked and "transformer" in asked


def test_a_repaired_file_is_used_again(llmprep: Command, copied_content: Path) -> None:
    paper = copied_content / "papers" / "lora.yaml"
    sound = paper.read_bytes()
    paper.write_text("title: [", encoding="utf-8")
    assert llmprep("explain", "lora").status == 2
    paper.write_bytes(sound)
    done = llmprep("explain", "lora", "--beat", "core")
    assert (done.status, done.err) == (0, "")


def test_no_content_at_all(llmprep: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").mkdir()
    for root in (tmp_path / "empty", tmp_path / "none"):
        monkeypatch.setenv("LLMPREP_CONTENT", str(root))
        said(llmprep("quiz"), str(root), "No content was found")
        said(llmprep("--lang", "zh"), str(root), "没有找到内容")


def test_content_without_papers_or_drills(llmprep: Command, copied_content: Path) -> None:
    import shutil

    for folder in ("papers", "drills", "solutions"):
        shutil.rmtree(copied_content / folder)
    assert llmprep("quiz").status == 0
    assert llmprep().status == 0
    said(llmprep("explain"), "There is no paper in")
    done = llmprep("drill")
    assert done.status == 0 and done.out.strip()


def test_a_cache_that_cannot_be_written_costs_only_time(
    llmprep: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    done = llmprep("quiz", "--list")
    assert (done.status, done.err) == (0, "")
    assert "transformer" in done.out
