"""`llmprep search`, and the learner's own content."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Command = Callable[..., Any]
OWN = """\
title: {en: Mine, zh: 我的}
questions:
  - id: my-question
    ask: {en: What did they ask at the second interview about quokkas?, zh: 二面问了什么关于短尾袋鼠的问题？}
    level: 1
    points: [{en: everything, zh: 什么都问, any: [everything, 什么都问]}]
    answer: {en: They asked everything., zh: 什么都问了。}
    source: transformer §3
"""


def test_hits_say_what_opens_them(llmprep: Command) -> None:
    done = llmprep("search", "缩放", "注意力", "--lang", "zh")
    assert done.status == 0
    assert "llmprep drill attention" in done.out
    assert "llmprep quiz sqrt-dk" in done.out


def test_nothing_found_is_said_and_is_status_1(llmprep: Command) -> None:
    done = llmprep("search", "qqqqzzzz", "--lang", "en")
    assert (done.status, done.out) == (1, "")
    assert done.err == "Nothing says 'qqqqzzzz': try fewer or other words.\n"


def test_kinds_and_json(llmprep: Command) -> None:
    found = json.loads(llmprep("search", "attention", "--kind", "drill", "--limit", "3", "--json").out)
    assert [hit["kind"] for hit in found] == ["drill"] * 3
    done = llmprep("search", "x", "--kind", "drils", "--lang", "en")
    assert done.status == 2
    assert "--kind does not know 'drils'" in done.err


def test_a_passage_of_the_learners_notes_is_found(llmprep: Command, home: Path) -> None:
    (home / "notes").mkdir(parents=True)
    (home / "notes" / "lora.md").write_text("# LoRA\nB starts at zero, ask about quokkas.\n", "utf-8")
    [hit] = json.loads(llmprep("search", "quokkas", "--json").out)
    assert (hit["kind"], hit["id"]) == ("note", "lora")
    assert "ask about quokkas" in hit["passage"]


def test_own_content_joins_and_its_errors_stop_nothing(llmprep: Command, home: Path, tmp_path: Path) -> None:
    own = tmp_path / "mine"
    (own / "questions").mkdir(parents=True)
    (own / "questions" / "mine.yaml").write_text(OWN, "utf-8")
    (own / "questions" / "broken.yaml").write_text("questions: {", "utf-8")
    home.mkdir(parents=True)
    (home / "config.toml").write_text(f'content_dirs = ["{own}", "{tmp_path / "gone"}"]\n', "utf-8")
    done = llmprep("quiz", "my-question", "--lang", "en")
    assert "second interview about quokkas" in done.out
    assert done.status == 0
    assert "There is no folder" in done.err
    assert "broken.yaml" in done.err
    assert "quokkas" in llmprep("search", "quokkas", "--lang", "en").out


def test_a_question_is_asked_by_its_id(llmprep: Command) -> None:
    assert "√d_k" in llmprep("quiz", "sqrt-dk", "--lang", "en").out
