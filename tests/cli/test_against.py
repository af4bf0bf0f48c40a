"""`drill --against`: a passing file beside the library's, and every way of not getting there."""

from __future__ import annotations

import types
from pathlib import Path

import pytest
import torch

from llmprep.content.locate import content_root
from llmprep.judge.against import Place, places
from llmprep.judge.candidate import load
from llmprep.practice.against import against_file, compare_with_library

RIGHT = (content_root() / "solutions" / "attention" / "reference.py").read_text(encoding="utf-8")


@pytest.fixture
def mine(tmp_path) -> Path:
    file = tmp_path / "mine.py"
    file.write_text(RIGHT)
    return file


def test_a_passing_file_is_compared_place_by_place(llmprep, mine):
    done = llmprep("drill", "attention", "--against", "torch", "--check", str(mine), "--lang", "en")
    assert done.status == 0
    assert "torch.nn.functional.scaled_dot_product_attention" in done.out
    assert done.out.count("✓") == 2
    assert "Equal everywhere." in done.out
    done = llmprep("drill", "attention", "--against", "torch", "--check", str(mine), "--lang", "zh")
    assert "处处相等。" in done.out


def test_a_failing_file_hears_its_verdict_instead(llmprep, mine):
    mine.write_text(RIGHT.replace(" / math.sqrt(q.size(-1))", ""))
    done = llmprep("drill", "attention", "--against", "torch", "--check", str(mine), "--lang", "en")
    assert done.status == 1
    assert "not divided by √d_k" in done.out
    assert "scaled_dot_product_attention" not in done.out


@pytest.mark.parametrize("library", ["hf", "keras"])
def test_another_library(llmprep, mine, library):
    done = llmprep("drill", "attention", "--against", library, "--check", str(mine), "--lang", "en")
    assert done.status == 2
    assert "use --against torch" in done.err


def test_neither_a_drill_nor_a_file(llmprep):
    done = llmprep("drill", "--against", "torch", "--lang", "en")
    assert done.status == 2
    assert "Which drill?" in done.err


def test_a_library_that_is_not_installed(tmp_path):
    knows = tmp_path / "against.py"
    knows.write_text('COUNTERPART = "no_such_library.Model"\ndef pairs(implementation, seed): ...\n')
    file = tmp_path / "mine.py"
    file.write_text("")
    assert compare_with_library(knows, file).missing == "no-such-library"


def test_a_file_that_raises_is_told_with_its_line(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text("def attention(q, k, v, mask=None):\n    return q.no_such_thing\n")
    knows = against_file(content_root(), "attention")
    assert knows is not None
    failed = compare_with_library(knows, file).failed
    assert failed is not None
    assert (failed["type"], failed["line"]) == ("AttributeError", 2)


@pytest.mark.parametrize(
    ("ours", "theirs", "equal"),
    [
        ([1.0, 2.0], [1.0, 2.0 + 1e-6], True),
        ([1.0, 2.0], [1.0, 2.001], False),
        ([1.0, 2.0], [[1.0, 2.0]], False),
        ([1.0, float("nan")], [1.0, 2.0], False),
        ([1.0, float("inf")], [1.0, float("inf")], True),
        ([1e6], [1e6 + 1], True),
    ],
)
def test_what_counts_as_equal(ours, theirs, equal):
    knows = types.ModuleType("against")
    knows.pairs = lambda implementation, seed: [
        ("x", torch.tensor(ours).double(), torch.tensor(theirs).double())
    ]
    [place] = places(knows, load(b"", "x.py", "llmprep_empty"), 0)
    assert isinstance(place, Place)
    assert place.equal is equal
