"""YAML means what it looks like, and what is no YAML is reported with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from llmprep.content.problems import Problem
from llmprep.content.yaml_source import Source, read


@pytest.fixture
def parse(tmp_path: Path):
    def parse(text: str | bytes) -> tuple[Source | None, list[Problem]]:
        path = tmp_path / "file.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read(path)

    return parse


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("off", "off"),
        ("Y", "Y"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("12:30", "12:30"),
        ("1:1", "1:1"),
        ("2024-01-01", "2024-01-01"),
        ("2017", 2017),
        ("-3", -3),
        ("010", 10),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("1e-4", 1e-4),
        ("6.7e9", 6.7e9),
        ("1.5", 1.5),
        (".5", 0.5),
        ("1.", 1.0),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("3%", "3%"),
        ("1,600", "1,600"),
        ("1.2.3", "1.2.3"),
        ("=", "="),
        ("<<", "<<"),
        ("'no'", "no"),
        ('"1.5"', "1.5"),
    ],
)
def test_a_scalar_is_what_it_looks_like(parse, written: str, meant: object) -> None:
    source, problems = parse(f"key: {written}\n")
    assert problems == []
    assert source is not None
    assert source.data == {"key": meant}
    assert type(source.data["key"]) is type(meant)


def test_tex_in_single_quotes_and_blocks_is_kept(parse) -> None:
    source, problems = parse("a: '\\frac{1}{2}'\nb: |\n  \\beta\\nu\n")
    assert problems == []
    assert source is not None
    assert source.data == {"a": "\\frac{1}{2}", "b": "\\beta\\nu\n"}


@pytest.mark.parametrize("macro", ["\\frac", "\\beta", "\\theta", "\\rho", "\\alpha", "\\vec"])
def test_tex_in_double_quotes_is_refused(parse, macro: str) -> None:
    _source, problems = parse(f'other: fine\nformula: "{macro}"\n')
    assert [problem.line for problem in problems] == [2]
    assert "control character" in problems[0].message
    assert "single quotes" in problems[0].mend


def test_tex_that_a_double_quote_cuts_in_two_is_refused(parse) -> None:
    _, problems = parse('name: "one\\ntwo"\ntex: "\\nu + 1"\n')
    assert [(problem.line, problem.message) for problem in problems] == [(2, "TeX stands in double quotes")]


def test_a_sentence_that_a_comment_cuts_short_is_refused(parse) -> None:
    _, problems = parse("- en: pieces in their ## form are kept\n  zh: '带 ## 的形式'\n")
    assert [(problem.line, problem.mend) for problem in problems] == [(1, "put the text in quotes")]
    assert parse("layers: 12 # as in the paper\nen: fine\n")[1] == []


def test_tex_with_an_unknown_escape_is_refused_with_its_mend(parse) -> None:
    source, problems = parse('a: 1\ntex: "\\sqrt{2}"\n')
    assert source is None
    assert problems[0].line == 2
    assert "single quotes" in problems[0].mend


def test_a_key_that_stands_twice_is_refused_at_the_second(parse) -> None:
    source, problems = parse("outer:\n  id: a\n  en: x\n  id: b\n")
    assert source is None
    assert [(problem.line, problem.mend) for problem in problems] == [(4, "keep one of them")]
    assert "line 2" in problems[0].message


@pytest.mark.parametrize(
    ("text", "line", "mend"),
    [
        ("a: 1\n\tb: 2\n", 2, "spaces"),
        ("ask: one: two\n", 1, "quotes"),
        ("a: 1\nb: [1, 2\nc: 3\n", 3, "check"),
        ("a: 'open\n", 2, "check"),
        ("a: @home\n", 1, "special character"),
        ("a: *bold* text\n", 1, "quotes"),
        ("a: %5\n", 1, "special character"),
        ("a: !important\n", 1, "! in quotes"),
        ("a: 1\n---\nb: 2\n", 2, "---"),
    ],
)
def test_what_is_no_yaml_is_reported_with_line_and_mend(parse, text: str, line: int, mend: str) -> None:
    source, problems = parse(text)
    assert source is None
    assert [problem.line for problem in problems] == [line]
    assert mend in problems[0].mend


def test_an_alias_is_refused_even_where_it_runs_in_a_circle(parse) -> None:
    for text in ("a: &x {b: 1}\nc: *x\n", "a: &x [1, *x]\n"):
        source, problems = parse(text)
        assert source is None
        assert "alias" in problems[0].message


def test_a_list_as_a_key_is_refused(parse) -> None:
    source, problems = parse("a: 1\n? [b, c]\n: 2\n")
    assert source is None
    assert problems[0].line == 2


def test_nesting_without_end_is_refused(parse) -> None:
    source, problems = parse("[" * 20_000)
    assert source is None
    assert len(problems) == 1


def test_a_number_too_long_to_be_one_is_refused(parse) -> None:
    source, problems = parse("a: " + "9" * 5_000 + "\n")
    assert source is None
    assert "quotes" in problems[0].mend


def test_a_byte_order_mark_is_no_part_of_the_first_key(parse) -> None:
    source, problems = parse(b"\xef\xbb\xbfid: a\n")
    assert problems == []
    assert source is not None and source.data == {"id": "a"}


def test_windows_line_ends_count_as_one(parse) -> None:
    source, problems = parse(b"a: 1\r\nb: |\r\n  x\r\n  y\r\nc: 3\r\n")
    assert problems == []
    assert source is not None
    assert source.data == {"a": 1, "b": "x\ny\n", "c": 3}
    assert source.line(("c",)) == 5


def test_what_is_not_utf_8_is_refused_at_its_line(parse) -> None:
    source, problems = parse(b"a: 1\nb: " + "注意力".encode("gbk") + b"\n")
    assert source is None
    assert problems[0].line == 2
    assert "UTF-8" in problems[0].mend


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85"])
def test_a_character_nobody_sees_is_refused_at_its_line(parse, character: str) -> None:
    source, problems = parse(f"a: 1\nb: x{character}y\n")
    assert source is None
    assert problems[0].line == 2


def test_an_empty_file_has_no_data_and_no_problem(parse) -> None:
    for text in ("", "# only a comment\n"):
        source, problems = parse(text)
        assert problems == []
        assert source is not None and source.data is None


def test_a_file_that_is_not_there_or_no_file_is_a_problem(tmp_path: Path) -> None:
    source, problems = read(tmp_path / "missing.yaml")
    assert source is None
    assert "No such file" in problems[0].message
    source, problems = read(tmp_path)
    assert source is None
    assert problems[0].line == 1


@pytest.mark.usefixtures("permissions_count")
def test_a_file_that_may_not_be_read_is_a_problem(tmp_path: Path) -> None:
    locked = tmp_path / "locked.yaml"
    locked.write_text("a: 1\n", encoding="utf-8")
    locked.chmod(0)
    assert "Permission denied" in read(locked)[1][0].message


def test_the_line_of_a_place_is_its_own_or_that_of_the_nearest_around_it(parse) -> None:
    source, _ = parse(
        "title: x\nquestions:\n  - id: a\n    ask:\n      en: why\n  - {id: b,\n     level: 2}\n"
    )
    assert source is not None
    assert source.line(()) == 1
    assert source.line(("questions",)) == 2
    assert source.line(("questions", 0)) == 3
    assert source.line(("questions", 0, "ask", "en")) == 5
    assert source.line(("questions", 0, "ask", "zh")) == 4
    assert source.line(("questions", 1, "level")) == 7
    assert source.line(("questions", 7)) == 2
    assert source.line(("nowhere", "deep")) == 1
