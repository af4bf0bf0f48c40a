"""A verdict on the screen: the mistake by name, the first failure at the learner's line, a row per probe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from llmprep.content.catalogue import Catalogue
from llmprep.content.items import Language, Mistake
from llmprep.judge.verdict import Outcome, Verdict
from llmprep.ui import verdict_words
from llmprep.ui.blocks import prose
from llmprep.ui.observation_words import observation
from llmprep.ui.strings import say
from llmprep.ui.terminal import Terminal

SHOWN_PRINTED_LINES = 12


def show(
    verdict: Verdict,
    mistakes: Mapping[str, Mistake],
    language: Language,
    concept: str | None = None,
) -> Iterator[Any]:
    """Renderables of a verdict, most important first.

    Args:
        mistakes: the drill's known mistakes by id.
        concept: the question to read again, in words.
    """
    failed = [outcome for outcome in verdict.outcomes if not outcome.passed]
    numbers = {"count": len(verdict.outcomes), "seed": verdict.seed, "ms": round(verdict.seconds * 1000)}
    probes = len({outcome.probe for outcome in verdict.outcomes})
    if verdict.passed:
        yield Line("✓ " + say(language, "verdict.passed", probes=probes, **numbers), style="good")
    else:
        yield Line("✗ " + say(language, "verdict.failed", failed=len(failed), **numbers), style="bad")
        yield from _diagnosis(verdict, mistakes, language)
        yield from _first_failure(verdict, language)
        if concept:
            yield Line(say(language, "verdict.concept", question=concept))
        yield _rows(verdict.outcomes, language)
    if verdict.printed.strip():
        lines = verdict.printed.rstrip().splitlines()
        shown = lines[:SHOWN_PRINTED_LINES] + (["…"] if len(lines) > SHOWN_PRINTED_LINES else [])
        yield Line(say(language, "verdict.printed"), style="title")
        yield Padding(Line("\n".join(shown)), (0, 0, 0, 2))


def print_verdict(verdict: Verdict, drill: str, catalogue: Catalogue, terminal: Terminal) -> None:
    """The verdict of a drill, with the question it sends the learner back to."""
    mistakes = {mistake.id: mistake for mistake in catalogue.mistakes(drill)}
    named = verdict.diagnosis.mistakes if verdict.diagnosis else ()
    concepts = [mistakes[name].concept for name in named if name in mistakes]
    concept = next((name for name in concepts if name and catalogue.has("question", name)), None)
    asked = catalogue.question(concept).ask[terminal.language] if concept else None
    terminal.print(*show(verdict, mistakes, terminal.language, asked))


def diagnosis_lines(verdict: Verdict, mistakes: Mapping[str, Mistake], language: Language) -> list[str]:
    """The named mistakes as plain lines; empty when nothing is proved."""
    found = verdict.diagnosis
    if found is None:
        return []
    return [mistakes[name][language] for name in found.mistakes if name in mistakes]


def _diagnosis(verdict: Verdict, mistakes: Mapping[str, Mistake], language: Language) -> Iterator[Any]:
    found, lines = verdict.diagnosis, diagnosis_lines(verdict, mistakes, language)
    for observed in verdict.observations:
        yield Padding(prose(observation(observed, language)), (0, 0, 0, 2))
    if found is not None and lines:
        if not found.certain:
            heading = say(language, "verdict.looks-like", n=found.explained, of=found.failing)
        elif found.together:
            heading = say(language, "verdict.together")
        else:
            heading = say(language, "verdict.mistake" if len(lines) == 1 else "verdict.one-of")
        yield Line(heading, style="title")
        for line in lines:
            yield Padding(prose(line), (0, 0, 0, 2))


def _first_failure(verdict: Verdict, language: Language) -> Iterator[Any]:
    first = verdict.first_failure
    if first is None:
        return
    yield Line(verdict_words.title(first, language), style="title")
    for part in verdict_words.message(first, language).split("\n"):
        yield Padding(prose(part), (0, 0, 0, 2))
    grid = first.detail.get("map")
    if grid:
        yield Padding(Line(say(language, "verdict.map")), (0, 0, 0, 2))
        for row in grid:
            cells = Line("    ")
            for cell in str(row):
                cells.append(cell + " ", style="bad" if cell == "#" else "faint")
            yield cells


def _rows(outcomes: tuple[Outcome, ...], language: Language) -> Table:
    """One row per probe: passed, or the first variation in which it fails."""
    table = Table.grid(padding=(0, 1))
    table.add_column()
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    by_probe: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_probe.setdefault(outcome.probe, []).append(outcome)
    for runs in by_probe.values():
        wrong = next((run for run in runs if not run.passed), None)
        mark = Line("✓", style="good") if wrong is None else Line("✗", style="bad")
        name = Line(runs[0].zh if language == "zh" else runs[0].en)
        extra = Line(verdict_words.variation(wrong.variation, language) if wrong else "", style="faint")
        table.add_row(mark, name, extra)
    return table


def cost_table(verdict: Verdict, language: Language) -> Table | None:
    """What the first probe cost, beside the reference's; None when it was not measured."""
    if not verdict.cost:
        return None
    table = Table.grid(padding=(0, 2))
    for justify in ("left", "right", "right"):
        table.add_column(justify=justify)
    for name in ("largest", "peak", "flops", "operators"):
        yours, reference = verdict.cost["yours"][name], verdict.cost["reference"][name]
        unit = " B" if name in ("largest", "peak") else ""
        table.add_row(say(language, f"cost.{name}"), f"{yours:,}{unit}", f"{reference:,}{unit}")
    return table


def as_json(verdict: Verdict, language: Language) -> dict[str, Any]:
    """The object that `--json` prints."""
    return {
        "drill": verdict.drill,
        "passed": verdict.passed,
        "seed": verdict.seed,
        "probes": [
            {
                "id": outcome.probe,
                "variation": outcome.variation,
                "passed": outcome.passed,
                "problem": outcome.problem,
                "message": verdict_words.message(outcome, language),
            }
            for outcome in verdict.outcomes
        ],
        "mistakes": list(verdict.diagnosis.mistakes) if verdict.diagnosis else [],
        "seconds": round(verdict.seconds, 4),
    }
