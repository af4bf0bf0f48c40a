"""What each drill has, as a Markdown table for authors and reviewers; every figure is read off its files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from llmprep.content.catalogue import Catalogue
from llmprep.content.items import Mistake, Text
from llmprep.practice.against import against_file

HEADER = "| Drill | Family | Level | Minutes | Mistakes | Valid | Mutation | Compared with | zh + en |"
RULE = "|---|---|---:|---:|---:|---:|---:|---|---|"


@dataclass(frozen=True)
class DrillRow:
    """One drill.

    Attributes:
        mutation: the score of `solutions/MUTATION.md`; empty if it is not listed there.
        compared: `against` and `test` are the ways in which the reference is held against another one.
    """

    name: str
    family: str
    level: int
    minutes: int
    mistakes: int
    valid: int
    mutation: str
    compared: str
    bilingual: bool


def drill_rows(catalogue: Catalogue) -> list[DrillRow]:
    """One row per drill, family by family."""
    scores = _mutation_scores(catalogue.root / "solutions" / "MUTATION.md")
    rows = []
    for name, drill in catalogue.drills().items():
        folder = catalogue.root / "solutions" / name
        texts: list[Text | Mistake] = [drill.title, drill.prompt, *drill.hints, *catalogue.mistakes(name)]
        rows.append(
            DrillRow(
                name,
                drill.topic,
                drill.level,
                drill.minutes,
                len(catalogue.mistakes(name)),
                len(list((folder / "valid").glob("*.py"))),
                scores.get(name, ""),
                _compared(catalogue.root, name),
                all(text["en"] and text["zh"] for text in texts),
            )
        )
    return rows


def markdown(rows: list[DrillRow]) -> str:
    """The rows as a table, with a line of totals."""
    lines = [HEADER, RULE]
    for row in rows:
        both = "yes" if row.bilingual else "no"
        lines.append(
            f"| {row.name} | {row.family} | {row.level} | {row.minutes} | {row.mistakes} | {row.valid} "
            f"| {row.mutation or 'not run'} | {row.compared or 'nothing'} | {both} |"
        )
    mistakes, valid = sum(row.mistakes for row in rows), sum(row.valid for row in rows)
    minutes = sum(row.minutes for row in rows)
    lines.append(f"| **{len(rows)} drills** | | | {minutes} | {mistakes} | {valid} | | | |")
    return "\n".join(lines) + "\n"


def _mutation_scores(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    cells = [line.strip("| ").split(" | ") for line in path.read_text(encoding="utf-8").splitlines()]
    return {row[0]: row[-1] for row in cells if len(row) == 6 and row[-1].endswith("%")}


def _compared(root: Path, name: str) -> str:
    found = []
    counterpart = against_file(root, name)
    if counterpart is not None:
        lines = counterpart.read_text(encoding="utf-8").splitlines()
        found += [line.partition('"')[2].rstrip('"') for line in lines if line.startswith("COUNTERPART")]
    test = root / "tests" / "oracles" / f"test_{name.replace('-', '_')}.py"
    if test.is_file():
        found.append(f"tests/oracles/{test.name}")
    return ", ".join(found)
