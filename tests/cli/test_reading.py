"""`llmprep read`, `llmprep tree`, and papers as files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

Command = Callable[..., Any]


def test_notes_are_made_once_and_never_overwritten(llmprep: Command, home: Path) -> None:
    assert llmprep("read", "lora", "--lang", "en").status == 0
    note = home / "notes" / "lora.md"
    assert "h=W_0x+\\frac{\\alpha}{r}BAx" in note.read_text("utf-8")
    mine = note.read_text("utf-8").replace("- [ ]", "- [x]", 2) + "my own words\n"
    note.write_text(mine, "utf-8")
    done = llmprep("read", "lora", "--lang", "zh")
    assert note.read_text("utf-8") == mine
    assert done.out.count("[x]") == 2


def test_a_paper_read_twice_leaves_the_plan(llmprep: Command, home: Path) -> None:
    assert "transformer" in llmprep("read", "--plan", "--until", "2027-02-01").out
    llmprep("read", "transformer")
    note = home / "notes" / "transformer.md"
    note.write_text(note.read_text("utf-8").replace("- [ ]", "- [x]", 6), "utf-8")
    after = llmprep("read", "--plan", "--until", "2027-02-01").out
    assert not re.search(r"^\S+ +transformer ", after, re.MULTILINE)
    assert "bert" in after


def test_the_plan_keeps_the_pace_and_ends_before_the_interview(llmprep: Command) -> None:
    lines = llmprep("read", "--plan", "--until", "2026-12-13", "--per-week", "2").out.splitlines()
    days = [line[:10] for line in lines if re.match(r"\d{4}-", line)]
    assert days == sorted(days)
    assert len(days) == 5  # 18 days at two a week
    assert days[0] > "2026-11-22" and days[-1] == "2026-12-10"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("read", "--plan", "--until", "soon"), "'soon' is no day: write it as 2027-03-01."),
        (("read", "--plan", "--until", "2026-01-01"), "2026-01-01 is not after today"),
        (("read", "lorra"), "Did you mean lora"),
        (("tree", "--year", "20x"), "'20x' is no year"),
        (("tree", "--branch", "encoder"), "--branch does not know 'encoder': choose encoder-only."),
        (("tree", "--year", "1950"), "No model of the tree is like that"),
        (("explain", "lora", "--svg", "/nowhere/at/all.svg"), "'/nowhere/at/all.svg' could not be written"),
    ],
)
def test_what_cannot_be_done_is_said(llmprep: Command, arguments: tuple[str, ...], said: str) -> None:
    done = llmprep(*arguments, "--lang", "en")
    assert done.status != 0
    assert said in done.err
    assert len(done.err.splitlines()) == 1


def test_the_tree_is_filtered(llmprep: Command) -> None:
    found = json.loads(llmprep("tree", "--branch", "decoder-only", "--year", "2018-2020", "--json").out)
    assert {node["branch"] for node in found} == {"decoder-only"}
    assert {node["when"][:4] for node in found} <= {"2018", "2019", "2020"}
    assert "gpt-1" in [node["id"] for node in found]
    assert all(not node["open"] for node in json.loads(llmprep("tree", "--closed", "--json").out))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_tree_fits_80_columns(llmprep: Command, language: str) -> None:
    from rich.cells import cell_len

    lines = llmprep("tree", "--lang", language).out.splitlines()
    assert max(map(cell_len, lines)) <= 80
    assert any("● GPT-1" in line.replace("\u00a0", " ") for line in lines)


def test_a_node_says_what_it_took_over(llmprep: Command) -> None:
    done = llmprep("tree", "gpt-1", "--lang", "en")
    assert "GPT-1 ← Transformer (2017)" in done.out
    assert "Took over" in done.out and "Changed" in done.out


def test_pictures_become_files_that_need_no_network(llmprep: Command, tmp_path: Path) -> None:
    svg, html = tmp_path / "lora.svg", tmp_path / "lora.html"
    done = llmprep("explain", "lora", "--pictures", "--svg", str(svg), "--html", str(html), "--lang", "zh")
    assert done.status == 0, done.err
    words = "".join(ElementTree.parse(svg).getroot().itertext())
    assert "冻结" in words
    assert "冻结" in html.read_text("utf-8")
    for written in (svg, html):
        assert set(re.findall(r"https?://[^\"'\s)]+", written.read_text("utf-8"))) <= {
            "http://www.w3.org/2000/svg"
        }


def test_formulas_as_tex(llmprep: Command) -> None:
    assert r"h=W_0x+\frac{\alpha}{r}BAx" in llmprep("explain", "lora", "--tex").out.splitlines()
