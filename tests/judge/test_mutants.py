"""Mutants: every one differs, compiles, and changes one thing; the hidden tests of a real drill kill them."""

from __future__ import annotations

import pytest

from llmprep.content.locate import content_root
from llmprep.judge.mutants import mutants
from llmprep.judge.mutate import mutate

SOURCE = '''"""A docstring."""
import torch


def scaled(x, scale=2.0, dim=-1):
    """Another."""
    total = x.sum(dim, keepdim=True)
    if x.size(0) > 1:
        total = total.detach()
    return x[1:] / total * scale
'''


def labels() -> list[str]:
    return [mutant.label for mutant in mutants(SOURCE)]


@pytest.mark.parametrize(
    "change",
    [
        "x[1:] / total * scale → return x[1:] / total / scale",
        "x[1:] / total * scale → return x[1:] * total * scale",
        "x[1:] / total * scale → return x[:] / total * scale",
        "scale=2.0, dim=-1): → def scaled(x, scale=4.0, dim=-1):",
        "scale=2.0, dim=-1): → def scaled(x, scale=2.0, dim=-2):",
        "keepdim=True) → total = x.sum(dim)",
        "keepdim=True) → total = x.sum(dim, keepdim=False)",
        "keepdim=True) → total = x.mean(dim, keepdim=True)",
        "if x.size(0) > 1: → if x.size(0) >= 1:",
        "total.detach() → total = total",
        "total = total.detach() → pass",
    ],
)
def test_the_slips_that_candidates_make_are_among_them(change):
    assert any(label.endswith(change) for label in labels()), labels()


def test_each_compiles_differs_and_comes_once():
    found = mutants(SOURCE)
    assert len({mutant.source for mutant in found}) == len(found) > 25
    for mutant in found:
        compile(mutant.source, "mutant", "exec")


def test_docstrings_and_imports_are_left_alone():
    assert not any("docstring" in label or "import" in label for label in labels())


def test_no_mutant_of_softmax_survives_its_hidden_tests():
    report = mutate(content_root(), "softmax", seeds=2)
    assert report.total > 20
    assert report.survivors == [] and report.stale == []
    assert report.killed + report.equivalent == report.total
