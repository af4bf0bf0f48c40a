"""The report reads every figure off the files of the drills."""

from __future__ import annotations

from llmprep.content.catalogue import Catalogue
from llmprep.practice.report import drill_rows, markdown


def test_one_row_per_drill_with_what_its_files_hold():
    catalogue = Catalogue.open()
    rows = {row.name: row for row in drill_rows(catalogue)}
    assert set(rows) == set(catalogue.drills())
    attention = rows["attention"]
    solution = catalogue.root / "solutions" / "attention"
    assert attention.mistakes == len(catalogue.mistakes("attention"))
    assert attention.valid == len(list((solution / "valid").glob("*.py")))
    assert "scaled_dot_product_attention" in attention.compared
    assert attention.mutation == "100.0%"
    assert attention.bilingual


def test_the_table_ends_in_totals():
    rows = drill_rows(Catalogue.open())
    lines = markdown(rows).splitlines()
    assert len(lines) == len(rows) + 3
    assert lines[-1].startswith(f"| **{len(rows)} drills** ")
    assert {line.count("|") for line in lines} == {10}
