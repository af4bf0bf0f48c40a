"""Mistakes as edits of the reference."""

from __future__ import annotations

from pathlib import Path

import pytest

from llmprep.judge.mistakes import MistakeProblem, build, pairs

REFERENCE = "def f(x):\n    y = x * 2\n    return y + 1\n"


def test_a_swap_edits_the_reference(tmp_path):
    wrong = build(REFERENCE, {"id": "a", "swap": {"* 2": "* 3", " + 1": ""}}, tmp_path)
    assert wrong.source == "def f(x):\n    y = x * 3\n    return y\n"
    assert wrong.ids == ("a",)


def test_a_file_is_a_whole_implementation(tmp_path):
    (tmp_path / "other.py").write_text("def f(x):\n    return 0\n")
    assert build(REFERENCE, {"id": "a", "file": "other.py"}, tmp_path).source == "def f(x):\n    return 0\n"


@pytest.mark.parametrize(
    ("mistake", "message"),
    [
        ({"swap": {"* 7": ""}}, "occurs 0 times"),
        ({"swap": {"x": "z"}}, "occurs 2 times"),
        ({"swap": {"return y + 1": ""}}, None),
        ({"swap": {"y = x * 2": "y = ("}}, "does not compile"),
        ({"swap": {"    y = x * 2\n    return y + 1\n": ""}}, "does not compile"),
        ({"file": "nowhere.py"}, "cannot be read"),
        ({}, "neither swap nor file"),
    ],
)
def test_a_mistake_that_cannot_be_built_says_why(mistake, message, tmp_path):
    if message is None:
        build(REFERENCE, {"id": "a", **mistake}, tmp_path)
        return
    with pytest.raises(MistakeProblem, match=message):
        build(REFERENCE, {"id": "a", **mistake}, tmp_path)


def test_pairs_are_the_mistakes_that_fit_into_one_file():
    mistakes = [
        {"id": "a", "swap": {"* 2": "* 3"}},
        {"id": "b", "swap": {"+ 1": "- 1"}},
        {"id": "c", "swap": {"y = x * 2": "y = x"}},
        {"id": "d", "file": "other.py"},
    ]
    found = {wrong.ids: wrong.source for wrong in pairs(REFERENCE, mistakes)}
    assert set(found) == {("a", "b"), ("b", "c")}
    assert found["a", "b"] == "def f(x):\n    y = x * 3\n    return y - 1\n"


def test_every_mistake_of_the_shipped_drills_can_be_built():
    from llmprep.content.json_form import to_json
    from llmprep.content.library import load_unit
    from llmprep.content.locate import content_root

    folders = sorted(path.parent for path in Path(content_root()).glob("solutions/*/mistakes.yaml"))
    assert folders
    for folder in folders:
        reference = (folder / "reference.py").read_text(encoding="utf-8")
        for entry in load_unit(folder / "mistakes.yaml").entries:
            assert build(reference, to_json(entry.item), folder).source != reference
