"""Drills as lists: by family, and as a path in which each comes after what it needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from rich.table import Table
from rich.text import Text as Line

from llmprep.content.catalogue import Catalogue
from llmprep.content.items import Drill
from llmprep.memory.store import Store
from llmprep.ui.drill_screen import standing
from llmprep.ui.terminal import Terminal

WIDEST = 100
"""Columns of the table; only in one as wide have level, minutes and standing columns of their own."""
NARROW = 60
"""Columns below which titles have no place beside ids."""


def show_families(
    drills: Mapping[str, Drill], catalogue: Catalogue, store: Store, terminal: Terminal
) -> None:
    """All drills under the titles of their families."""
    titles = {family.id: family.title[terminal.language] for family in catalogue.listed("family")}
    widest = max(map(len, drills), default=0)
    for family, members in groupby(drills, key=lambda name: drills[name].topic):
        terminal.print(Line(titles.get(family, family), style="title"))
        terminal.print(_table(list(members), drills, store, terminal, widest))
    terminal.line("drill.list-hint", style="dim")


def show_path(path: Iterable[str], drills: Mapping[str, Drill], store: Store, terminal: Terminal) -> None:
    """A numbered path; beside each drill the numbers of those it needs."""
    names = list(path)
    terminal.print(_table(names, drills, store, terminal, max(map(len, names), default=0), numbered=True))
    minutes = sum(drills[name].minutes for name in names)
    terminal.line("path.total", style="dim", drills=len(names), hours=f"{minutes / 60:.1f}")


def _table(
    names: list[str],
    drills: Mapping[str, Drill],
    store: Store,
    terminal: Terminal,
    widest: int,
    numbered: bool = False,
) -> Table:
    table = Table.grid(padding=(0, 1, 0, 0), expand=True)
    table.width = min(terminal.console.width, WIDEST)
    table.add_column(no_wrap=True, width=4 if numbered else 1, justify="right")
    table.add_column(no_wrap=True, width=widest)
    table.add_column(ratio=1, overflow="fold")
    in_columns = terminal.console.width >= WIDEST
    for width in (7, 7, 12) if in_columns else ():
        table.add_column(no_wrap=True, width=width)
    for number, name in enumerate(names, start=1):
        drill = drills[name]
        title = Line(drill.title[terminal.language] if terminal.console.width >= NARROW else "")
        before = [str(names.index(need) + 1) for need in drill.needs if need in names]
        if before and numbered:
            title.append(" \u00a0←\u00a0" + ",\u00a0".join(before), style="dim")
        if drill.requires and terminal.console.width >= NARROW:
            libraries = ", ".join(drill.requires)
            title.append(f" · {terminal.say('drill.with-library', libraries=libraries)}", style="dim")
        level = terminal.say(f"quiz.level.{drill.level}")
        minutes = terminal.say("drill.minutes-short", n=drill.minutes)
        facts = [level, minutes, standing(name, store, terminal)]
        if not in_columns:  # what matters when choosing, behind the title
            told = [fact for fact in facts[1:] if fact != terminal.say("drill.state.new")]
            title.append(" · ".join(["", *told] if title else told), style="dim")
        table.add_row(f"{number}." if numbered else "", name, title, *(facts if in_columns else ()))
    return table
