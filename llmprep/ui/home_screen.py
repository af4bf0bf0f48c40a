"""The first screen: what is due, where the learner stopped, what to do next. One screen of 80×24."""

from __future__ import annotations

from datetime import date

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text
from rich.text import Text as Line

from llmprep.content.catalogue import Catalogue
from llmprep.practice.today import Activity, Today
from llmprep.ui.blocks import prose
from llmprep.ui.intervals import days_ago
from llmprep.ui.terminal import Terminal

WIDE = 60
"""Columns from which the overview is a table."""
TITLE = 46
"""Columns of a title, so that the line it stands in does not break at 80."""


def show_home(today: Today, day: date, catalogue: Catalogue, terminal: Terminal) -> None:
    """Draw the screen."""
    terminal.rule(f"llmprep · {terminal.say('home.title')} {day.isoformat()}")
    if today.last is None:
        terminal.print(prose(terminal.say("home.first-time")), "")
    terminal.print(_overview(today, terminal), "")
    if today.last is not None:
        activity, name, when = today.last
        what = _title(activity, name, catalogue, terminal)
        terminal.line("home.last", what=what, when=days_ago(when, day, terminal.language))
    if today.done_today:
        terminal.line("home.today", count=today.done_today)
    if today.streak:
        key = "home.streak-one" if today.streak == 1 else "home.streak"
        terminal.line(key, style="good", days=today.streak)
    terminal.print("")
    if (
        not (today.due_questions or today.due_drills or today.due_papers or today.new_questions)
        and today.last
    ):
        terminal.line("home.nothing-due")
    terminal.print(_commands(today, terminal))


def command(step: tuple[Activity, str | None]) -> str:
    """What to type for a step."""
    activity, name = step
    return " ".join(filter(None, ("llmprep", activity, name, "--rehearse" if activity == "explain" else "")))


def _rows(today: Today) -> tuple[tuple[str, int, str, str], ...]:
    """(name, due, new, done of all) of each kind."""
    return (
        ("home.questions", today.due_questions, str(today.new_questions), _of(today.questions)),
        ("home.drills", today.due_drills, "", _of(today.drills)),
        ("home.papers", today.due_papers, "", _of(today.papers)),
    )


def _of(counts: tuple[int, int]) -> str:
    done, total = counts
    return f"{done} / {total}"


def _overview(today: Today, terminal: Terminal) -> RenderableType:
    """A table, or on a narrow screen one line for each kind."""
    names = [terminal.say(f"home.{name}") for name in ("due", "new", "done")]
    if terminal.console.width < WIDE:
        colon = "：" if terminal.language == "zh" else ": "
        lines = []
        for key, due, new, done in _rows(today):
            facts = [pair for pair in zip(names, (str(due), new, done), strict=True) if pair[1]]
            lines.append(terminal.say(key) + colon + " · ".join(map(" ".join, facts)))
        return prose("\n".join(lines))
    table = Table.grid(padding=(0, 3))
    for justify in ("left", "right", "right", "right"):
        table.add_column(justify=justify)
    table.add_row("", *(Line(name, style="faint") for name in names))
    for key, due, new, done in _rows(today):
        table.add_row(terminal.say(key), Line(str(due), style="key" if due else ""), new, done)
    return table


def _commands(today: Today, terminal: Terminal) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_row(Line(terminal.say("home.next"), style="title"), Line(command(today.next_step), style="key"))
    others: list[tuple[Activity, str | None]] = [("quiz", None)]
    if today.drill:
        others.append(("drill", today.drill))
    if today.paper:
        others.append(("explain", today.paper))
    label = terminal.say("home.also")
    for step in others:
        if step != today.next_step:
            table.add_row(label, command(step))
            label = ""
    return table


def _title(activity: Activity, name: str, catalogue: Catalogue, terminal: Terminal) -> str:
    kind = {"quiz": "question", "drill": "drill", "explain": "paper"}[activity]
    known = catalogue.has(kind, name)
    title = catalogue.place(kind, name).title[terminal.language] if known else name
    shown = Text(title)
    shown.truncate(TITLE, overflow="ellipsis")
    short = shown.plain
    return f"“{short}”" if terminal.language == "en" else f"「{short}」"
