"""A file of another shape than it should have is reported key by key, each with its line and mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from llmprep.content.library import load_unit

BANK = "questions/attention.yaml"


def said(content, path: str) -> list[str]:
    unit = load_unit(content.root / path)
    assert unit.entries == []
    return [f"{problem.line}: {problem.message}; {problem.mend}" for problem in unit.problems]


def test_the_library_of_these_tests_has_no_fault(content) -> None:
    assert content.said() == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("    level: 1\n", "", "'questions.0.level' is missing; add it"),
        ("    level: 1\n", "    level: 4\n", "'questions.0.level' is 4; it must be 1, 2 or 3"),
        ("    level: 1\n", "    level: easy\n", "'questions.0.level' is 'easy'; it must be 1, 2 or 3"),
        ("    level: 1\n", "    leval: 1\n    level: 1\n", "not a known key; did you mean 'level'?"),
        ("  - id: sqrt-dk\n", "  - id: 12\n", "'questions.0.id' is 12; write text there"),
        ("  - id: sqrt-dk\n", "  - id:\n", "'questions.0.id' is empty; write text there"),
        ("[variance, 方差]", "[0.5, 方差]", "'questions.0.points.0.any.0' is 0.5; write text there"),
        ("[variance, 方差]", "variance", "'questions.0.points.0.any' is a str; it must be a list"),
        ("{en: Why divide by √d_k?, zh: 为什么除以 √d_k？}", "Why?", "'questions.0.ask' is a str"),
        ("{en: Why divide by √d_k?, zh: 为什么除以 √d_k？}", "", "'questions.0.ask' is empty"),
        ("{en: Why divide by √d_k?, zh: 为什么除以 √d_k？}", "{en: Why?}", "'questions.0.ask.zh' is missing"),
        (
            "zh: 为什么除以 √d_k？}",
            "zh: 为什么？, fr: Pourquoi}",
            "'questions.0.ask.fr' is not a known key; remove it",
        ),
        (
            "vary: {heads: [8, 16],",
            "vary: {heads: 8,",
            "'questions.2.vary.heads' is a int; it must be a list",
        ),
        ("right: true}", "right: perhaps}", "'questions.1.choices.0.right'"),
    ],
)
def test_a_wrong_key_or_value_is_reported_at_its_line(content, old: str, new: str, words: str) -> None:
    content.change(BANK, old, new)
    found = said(content, BANK)
    assert len(found) == 1
    assert words in found[0]


def test_the_line_is_that_of_the_fault(content) -> None:
    content.change(BANK, "any: [saturate, 饱和]", "any: [1, 饱和]")
    line = content.line(BANK, "any: [1,")
    assert said(content, BANK)[0].startswith(f"{line}: ")


def test_every_fault_of_a_file_is_reported_at_once(content) -> None:
    content.change(BANK, "    level: 1\n", "    level: 9\n")
    content.change(BANK, "    level: 3\n", "")
    content.change(BANK, "tolerance: 1%", "tolerance: 1")
    assert len(said(content, BANK)) == 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "1: 'the file' is empty; it must be a mapping of named keys"),
        ("- id: a\n", "1: 'the file' is a list; it must be a mapping of named keys"),
        ("just words\n", "1: 'the file' is a str; it must be a mapping of named keys"),
        ("1: 2\n", "1: "),
        ("title: {en: T, zh: 题}\nquestions:\n", "2: 'questions' is empty; it must be a list"),
        ("title: {en: T, zh: 题}\nquestions: {a: b}\n", "2: 'questions' is a dict; it must be a list"),
    ],
)
def test_a_bank_of_another_shape(empty, text: str, words: str) -> None:
    empty.write(BANK, text)
    assert any(line.startswith(words) for line in said(empty, BANK))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("papers/references.yaml", "id: vaswani\n"),
        ("models/transformer.yaml", "base: {}\n"),
        ("solutions/double/mistakes.yaml", "0\n"),
    ],
)
def test_a_mapping_where_a_list_belongs(empty, path: str, text: str) -> None:
    empty.write(path, text)
    assert "'the file' is" in said(empty, path)[0]
    assert "it must be a list" in said(empty, path)[0]


def test_an_empty_list_of_mistakes_or_references_is_one(empty) -> None:
    for path in ("papers/references.yaml", "solutions/double/mistakes.yaml"):
        unit = load_unit(empty.write(path, "# nothing yet\n"))
        assert unit.problems == [] and unit.entries == []


def test_a_file_that_is_no_content_says_so(empty) -> None:
    unit = load_unit(empty.write("elsewhere/file.yaml", "a: 1\n"))
    assert "CONTRIBUTING.md" in unit.problems[0].mend


def test_the_folder_decides_what_a_file_holds(content) -> None:
    bank = (content.root / BANK).read_text(encoding="utf-8")
    for name in ("notes", "mistakes", "drill", "references"):
        unit = load_unit(content.write(f"questions/{name}.yaml", bank))
        assert unit.problems == []
        assert [entry.kind for entry in unit.entries] == ["topic", "question", "question", "question"]


def test_editors_locks_and_backups_are_no_content(content) -> None:
    (content.root / "questions" / ".#attention.yaml").symlink_to("someone@host.1234")
    content.write("questions/.attention.yaml.swp.yaml", "broken: [")
    content.write("questions/attention.yaml~", "broken: [")
    assert content.said() == []


def test_a_link_that_leads_nowhere_is_a_problem_and_hides_nothing_else(content) -> None:
    (content.root / "questions" / "gone.yaml").symlink_to(Path("nowhere.yaml"))
    assert [line.partition(";")[0] for line in content.said()] == [
        "questions/gone.yaml:1: cannot be read: No such file or directory"
    ]
