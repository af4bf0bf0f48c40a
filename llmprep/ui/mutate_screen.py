"""`llmprep content mutate`: the score of each drill, and every surviving mutant as a difference."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text as Line

from llmprep.content.catalogue import cache_folder
from llmprep.practice.mutation import Mutation, run_mutants, table
from llmprep.practice.proof import default_jobs
from llmprep.ui.terminal import Terminal

TABLE = "solutions/MUTATION.md"


def run_mutation(
    root: Path, drills: Sequence[str], jobs: int | None, write: bool, terminal: Terminal
) -> bool:
    """Run the mutants of the drills; True when no mutant survives without a reason."""
    results: list[Mutation] = []
    cache = cache_folder()
    memory = cache / "mutation.json" if cache is not None else None
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(
        *columns, console=terminal.console, transient=True, disable=not terminal.console.is_terminal
    ) as progress:
        task = progress.add_task("", total=len(drills))

        def begun(drill: str) -> None:
            progress.update(task, description=drill)

        for found in run_mutants(root, drills, jobs or default_jobs(), memory, begun):
            results.append(found)
            _show(found, terminal)
            progress.advance(task)
    if write:
        (root / TABLE).write_text(table(results), encoding="utf-8")
    survivors = sum(len(found.survivors) for found in results)
    killed, total = sum(found.killed for found in results), sum(found.total for found in results)
    equivalent = sum(found.equivalent for found in results)
    terminal.line("mutate.done", killed=killed, total=total, equivalent=equivalent, survivors=survivors)
    return all(found.clean for found in results)


def _show(found: Mutation, terminal: Terminal) -> None:
    if found.failure:
        terminal.line("mutate.failed", style="bad", drill=found.drill, reason=found.failure)
        return
    style = "good" if found.clean else "bad"
    counts = f"{found.killed}/{found.total - found.equivalent}"
    terminal.print(Line(f"{found.drill:28} {counts:>9}  {found.score:.1%}", style=style))
    for label in found.survivors:
        old, _, new = label.partition(" → ")
        terminal.line("mutate.survives", style="warn")
        terminal.print(Line(f"  - {old}"), Line(f"  + {new}"))
    for label in found.stale:
        terminal.line("mutate.stale", style="warn", label=label)
