"""What the catalogue stores is what was written: every real item survives the way to JSON and back."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

import llmprep
from llmprep.content import items
from llmprep.content.json_form import from_json, to_json
from llmprep.content.library import load_unit, unit_paths

ROOT = Path(llmprep.__file__).parent.parent


@pytest.mark.parametrize("path", list(unit_paths(ROOT)), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_real_item_survives(path: Path) -> None:
    for entry in load_unit(path).entries:
        stored = json.loads(json.dumps(to_json(entry.item), ensure_ascii=False))
        assert from_json(type(entry.item), stored) == entry.item


def test_what_equals_its_default_is_not_stored() -> None:
    reference = items.Reference("a", "A", 2020, "arXiv:2001.00001")
    assert to_json(reference) == {"id": "a", "title": "A", "year": 2020, "link": "arXiv:2001.00001"}
    mistake = items.Mistake("m", "wrong", "错")
    assert to_json(mistake) == {"id": "m", "en": "wrong", "zh": "错"}


def test_nested_optional_and_mapped_values_come_back_as_their_classes() -> None:
    question = items.Question(
        id="q",
        ask=items.Text("Why?", "为什么？"),
        level=2,
        source="a §1",
        choices=(items.Choice("x", "甲", right=True), items.Choice("y", "乙", why=items.Text("No.", "不。"))),
        vary={"n": (1, 2.5, "base")},
        trap=items.Text("T", "坑"),
    )
    again = from_json(items.Question, json.loads(json.dumps(to_json(question))))
    assert again == question
    assert isinstance(again.choices[1].why, items.Text)
    assert again.vary == {"n": (1, 2.5, "base")}
    assert again.answer is None and again.trap is not None


def test_items_are_read_only() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        items.Text("a", "b").en = "c"  # type: ignore[misc]
