"""Names that do not exist, and other misuse: one sentence with what may have been meant, exit status 2."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Command = Callable[..., Any]


@pytest.mark.parametrize(
    ("arguments", "en", "zh"),
    [
        (
            ("quiz", "transfomer"),
            "There is no topic 'transfomer'. Did you mean transformer?",
            "没有叫「transfomer」的主题。是不是想找 transformer？",
        ),
        (
            ("drill", "atention"),
            "There is no drill 'atention'. Did you mean attention",
            "没有叫「atention」的手撕题。是不是想找 attention",
        ),
        (
            ("explain", "flashattn", "--formulas"),
            "There is no paper 'flashattn'. Did you mean flash",
            "没有叫「flashattn」的论文。是不是想找 flash",
        ),
        (
            ("drill", "xyzzy"),
            "There is no drill 'xyzzy'. `llmprep drill --list` lists them.",
            "没有叫「xyzzy」的手撕题。`llmprep drill --list` 可以列出全部。",
        ),
        (
            ("quiz", "xyzzy"),
            "`llmprep quiz --list` lists them. `llmprep search xyzzy` looks in the texts.",
            "`llmprep quiz --list` 可以列出全部。`llmprep search xyzzy` 可以搜索正文。",
        ),
        (
            ("explain", "xyzzy"),
            "`llmprep explain --list` lists them.",
            "`llmprep explain --list` 可以列出全部。",
        ),
        (("explain", "lora", "--beat", "cor"), "did you mean core?", "是不是想写 core？"),
        (("explain", "lora", "--beat", "xyzzy"), "background, core, details", "background, core, details"),
    ],
)  # fmt: skip
def test_an_unknown_name_suggests_the_nearest(
    llmprep: Command, arguments: tuple[str, ...], en: str, zh: str
) -> None:
    for language, words in (("en", en), ("zh", zh)):
        done = llmprep(*arguments, "--lang", language)
        assert (done.status, done.out) == (2, "")
        assert words in done.err
        assert done.err.count("\n") == 1, "one sentence, on one line"


@pytest.mark.parametrize("name", ["Attention", "scaled_dot_product attention", "sdpa", " ATTENTION "])
def test_spelling_and_aliases_do_not_matter(llmprep: Command, name: str) -> None:
    done = llmprep("drill", name, "--lang", "zh")
    assert done.status == 0
    assert "缩放点积注意力" in done.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("drll",),
        ("quiz", "--limit", "0"),
        ("quiz", "--new", "-1"),
        ("quiz", "--limit", "five"),
        ("drill", "--seed", "-3"),
        ("quiz", "--no-such-option"),
        ("drill", "a", "b"),
        ("content", "new", "poem", "ode"),
    ],
)
def test_misuse_ends_with_2(llmprep: Command, arguments: tuple[str, ...]) -> None:
    done = llmprep(*arguments)
    assert (done.status, done.out) == (2, "")
    assert done.err.strip() and "Traceback" not in done.err


@pytest.mark.parametrize("command", ["quiz", "drill", "explain"])
def test_there_are_two_languages(llmprep: Command, command: str) -> None:
    for arguments in ((command, "--list", "--lang", "fr"), ("--lang", "fr", command, "--list")):
        done = llmprep(*arguments)
        assert (done.status, done.out, done.err) == (2, "", "There is no language 'fr'; use en or zh.\n")


@pytest.mark.parametrize(
    ("environment", "config", "title"),
    [
        ({}, "", "Today"),
        ({"LANG": "zh_CN.UTF-8"}, "", "今天"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "", "Today"),
        ({"LANG": "zh_CN.UTF-8"}, 'language = "en"', "Today"),
        ({"LLMPREP_LANG": "zh"}, 'language = "en"', "今天"),
    ],
)
def test_the_language_is_option_then_setting_then_locale(
    llmprep: Command,
    home: Any,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    config: str,
    title: str,
) -> None:
    home.mkdir()
    (home / "config.toml").write_text(config, encoding="utf-8")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert title in llmprep().out
    assert "今天" in llmprep("--lang", "zh").out
    assert "Today" in llmprep("--lang", "en").out


def test_help_lists_every_command(llmprep: Command) -> None:
    done = llmprep("--help")
    assert done.status == 0
    for command in ("quiz", "drill", "explain", "recover", "doctor", "content"):
        assert command in done.out
    assert llmprep("--version").out.startswith("llmprep 0.")
