"""What CONTRIBUTING.md shows is what the check accepts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

import llmprep
from llmprep.content import items
from llmprep.content.library import load_library, load_unit
from llmprep.practice.check import check_content

ROOT = Path(llmprep.__file__).parent.parent
GUIDE = ROOT / "CONTRIBUTING.md"
pytestmark = pytest.mark.skipif(not GUIDE.exists(), reason="not in a checkout")


def example(words: str) -> str:
    """The YAML block of the guide that contains `words`."""
    text = GUIDE.read_text(encoding="utf-8")
    (block,) = (block for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL) if words in block)
    return str(block)


HEAD = "title: {en: Attention, zh: 注意力}\nquestions:\n"


def indented(block: str) -> str:
    return re.sub(r"^(?=.)", "  ", block, flags=re.MULTILINE)


def test_the_open_question(content) -> None:
    block = (
        example("- id: sqrt-dk ").replace("[sqrt-dk-other-scales]", "[]").replace("[attention]", "[double]")
    )
    unit = load_unit(content.write("questions/attention.yaml", HEAD + indented(block)))
    assert unit.problems == []
    assert unit.entries[1].item.kind == "open"
    said = check_content(content.root, load_library(content.root)).problems
    assert [str(problem) for problem in said if problem.path == unit.path] == []


@pytest.mark.parametrize(("words", "kind"), [("choices:", "choice"), ("compute:", "computed")])
def test_the_other_kinds(content, words: str, kind: str) -> None:
    frame = "- id: shown\n  level: 2\n  source: transformer §3\n  answer: {en: So., zh: 如此。}\n"
    ask = "  ask: {en: Over which axis?, zh: 沿哪一维？}\n" if kind == "choice" else ""
    content.write("questions/shown.yaml", HEAD + indented(frame + ask + example(words)))
    for family in ("llama", "mistral"):
        content.write(
            f"models/{family}.yaml", (ROOT / "models" / f"{family}.yaml").read_text(encoding="utf-8")
        )
    units = load_library(content.root)
    (shown,) = (
        entry.item
        for unit in units
        for entry in unit.entries
        if entry.id == "shown" and entry.kind == "question"
    )
    assert shown.kind == kind
    said = [str(problem) for problem in check_content(content.root, units).problems]
    assert [line for line in said if "questions/shown.yaml" in line] == []


def test_the_mistake_and_the_beat() -> None:
    (mistake,) = yaml.safe_load(example("- id: scale-by-dk"))
    assert items.Mistake(**mistake).swap == {"math.sqrt(q.size(-1))": "q.size(-1)"}
    reference = (ROOT / "solutions" / "attention" / "reference.py").read_text(encoding="utf-8")
    assert reference.count("math.sqrt(q.size(-1))") == 1
    (beat,) = yaml.safe_load(example("- name: background"))
    assert set(beat) == {"name", "seconds", "say", "points"}
