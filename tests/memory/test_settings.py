from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from llmprep.memory.problems import MemoryProblem
from llmprep.memory.settings import Settings, load_settings, resolve_language, save_setting


@pytest.fixture
def config(home: Path) -> Path:
    home.mkdir(parents=True)
    return home / "config.toml"


def test_without_a_file_everything_is_default_and_nothing_is_made(home: Path) -> None:
    assert load_settings() == Settings("auto", 10, 0.9, time(4, 0), None)
    assert not home.exists()


def test_every_key_is_read_and_foreign_ones_are_the_learners(config: Path) -> None:
    config.write_bytes(
        b"\xef\xbb\xbf"  # as Windows editors begin a file
        b'language = "zh"\r\nnew_per_day = 0\r\nretention = 0.85\r\nday_turns_at = "00:30"\r\n'
        b'editor = "vim -p"\r\n'
        b'colour = "red"\r\n[mine]\r\nlanguage = "fr"\r\n'
    )
    assert load_settings() == Settings("zh", 0, 0.85, time(0, 30), "vim -p")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('language = "zh"\nnew_per_day = = 3\n', 2),
        ('language = "zh"\n\neditor = "vim', 3),
        ("new_per_day = 1\nnew_per_day = 2\n", 2),
    ],
)
def test_broken_toml_names_the_line(config: Path, text: str, line: int) -> None:
    config.write_text(text)
    with pytest.raises(MemoryProblem) as caught:
        load_settings()
    assert (caught.value.kind, caught.value.path, caught.value.line) == ("config-broken", config, line)


def test_other_encodings_name_the_line(config: Path) -> None:
    config.write_bytes("new_per_day = 3\n# 每天\n".encode("gbk"))
    with pytest.raises(MemoryProblem) as caught:
        load_settings()
    assert (caught.value.kind, caught.value.line) == ("config-broken", 2)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("language", '"fr"'),
        ("new_per_day", '"ten"'),
        ("new_per_day", "-1"),
        ("new_per_day", "true"),
        ("retention", "1.0"),
        ("retention", "nan"),
        ("day_turns_at", '"4:00"'),
        ("day_turns_at", '"04:60"'),
        ("day_turns_at", '"25:00"'),
        ("day_turns_at", "04:00:00"),
        ("editor", "3"),
    ],
)
def test_impossible_values_name_key_line_and_what_is_expected(config: Path, key: str, value: str) -> None:
    config.write_text(f"# mine\n{key} = {value}\n")
    with pytest.raises(MemoryProblem) as caught:
        load_settings()
    problem = caught.value
    assert (problem.kind, problem.key, problem.line) == ("setting-invalid", key, 2)
    assert problem.expected


def test_saving_makes_the_file(config: Path) -> None:
    assert save_setting("new_per_day", 25) == Settings(new_per_day=25)
    assert config.read_text() == "new_per_day = 25\n"


MINE = """# my settings, kept in git
new_per_day = 5   # 面试前

colour = 'red'
[mine]
language = "fr"
"""


def test_saving_keeps_every_other_line_and_comment(config: Path) -> None:
    config.write_text(MINE)
    save_setting("new_per_day", 7)
    assert config.read_text() == MINE.replace("= 5", "= 7")
    save_setting("language", "zh")
    expected = MINE.replace("= 5   # 面试前\n", '= 7   # 面试前\nlanguage = "zh"\n')
    assert config.read_text() == expected
    assert load_settings() == Settings(language="zh", new_per_day=7)


def test_saving_keeps_line_ends_and_odd_strings(config: Path) -> None:
    config.write_bytes(b'editor = "code"\r\nlanguage = "en"')
    editor = 'C:\\bin\\vi "a b" # 编辑'
    save_setting("editor", editor)
    save_setting("new_per_day", 3)
    assert config.read_bytes().count(b"\r\n") == 3
    assert load_settings() == Settings(language="en", new_per_day=3, editor=editor)


def test_an_invalid_value_is_not_saved(config: Path) -> None:
    config.write_text(MINE)
    with pytest.raises(MemoryProblem) as caught:
        save_setting("retention", 0.2)
    assert caught.value.kind == "setting-invalid"
    assert config.read_text() == MINE


def test_a_form_we_cannot_edit_safely_is_left_to_its_author(config: Path) -> None:
    text = 'editor = """vim\nnew_per_day = 3\n"""\n'
    config.write_text(text)
    with pytest.raises(MemoryProblem) as caught:
        save_setting("new_per_day", 9)
    assert caught.value.kind == "config-broken"
    assert config.read_text() == text


@pytest.mark.parametrize(
    ("option", "config", "environment", "language"),
    [
        ("en", "zh", {"LLMPREP_LANG": "zh", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, "en", {"LLMPREP_LANG": "zh", "LANG": "en_US.UTF-8"}, "zh"),
        (None, "zh", {"LANG": "en_US.UTF-8"}, "zh"),
        (None, "auto", {"LANG": "zh_CN.UTF-8"}, "zh"),
        (None, "auto", {"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, "auto", {"LC_ALL": "", "LC_MESSAGES": "zh_TW.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
        (None, "auto", {"LLMPREP_LANG": "auto", "LANG": "de_DE.UTF-8"}, "en"),
        (None, "auto", {}, "en"),
        ("zh-CN", "en", {}, "zh"),
    ],
)
def test_who_decides_the_language(
    option: str | None, config: str, environment: dict[str, str], language: str
) -> None:
    assert resolve_language(option, Settings(language=config), environment) == language
