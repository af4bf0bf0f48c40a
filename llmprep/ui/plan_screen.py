"""The plan in the terminal: today's part in full, then a line for each further day."""

from __future__ import annotations

from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from llmprep.content.catalogue import Catalogue
from llmprep.practice.study_plan import Day, Plan, commands
from llmprep.ui.blocks import prose
from llmprep.ui.terminal import Terminal

FURTHER_DAYS = 13


def show_plan(plan: Plan, catalogue: Catalogue, terminal: Terminal, everything: bool = False) -> None:
    """Today with its commands, the days after it, and what there is no time for."""
    length = len(plan.days)
    terminal.rule(terminal.say("plan.title", days=length, day=plan.until.isoformat()))
    show_today(plan.days[0], catalogue, terminal)
    further = plan.days[1:] if everything else plan.days[1 : FURTHER_DAYS + 1]
    if further:
        terminal.print("", _table(further, terminal))
    if length - 1 > len(further):
        terminal.line("plan.more", style="faint", n=length - 1 - len(further))
    cards, drills, papers = plan.left_out
    if cards or drills or papers:
        terminal.print("")
        terminal.line("plan.left-out", cards=cards, drills=drills, papers=papers, hours=f"{plan.hours:g}")
    terminal.line("plan.adapts", style="faint")


def show_today(day: Day, catalogue: Catalogue, terminal: Terminal) -> None:
    """What to do today, and what to type for it."""
    terminal.print(Line(terminal.say("plan.today", minutes=round(day.minutes)), style="title"))
    terminal.print(Padding(prose(_summary(day, catalogue, terminal)), (0, 0, 0, 2), expand=False))
    for command in commands(day):
        terminal.print(Padding(Line(command, style="key"), (0, 0, 0, 4), expand=False))


def _summary(day: Day, catalogue: Catalogue, terminal: Terminal) -> str:
    language = terminal.language
    parts = []
    if day.due:
        parts.append(terminal.say("plan.due", n=day.due))
    if day.new:
        topics = catalogue.topics()
        named = [f"{topics[name].title[language]} {count}" for name, count in day.new[:4]]
        more = " …" if len(day.new) > 4 else ""
        comma = "、" if language == "zh" else ", "
        parts.append(terminal.say("plan.new", n=day.new_cards, topics=comma.join(named) + more))
    for kind, names in (("drill", day.drills), ("paper", day.papers)):
        for name in names:
            title = catalogue.place(kind, name).title[language]
            parts.append(terminal.say(f"plan.{kind}", title=title))
    if day.interview:
        parts.append(terminal.say("plan.interview"))
    return " · ".join(parts) or terminal.say("plan.free")


def _table(days: tuple[Day, ...], terminal: Terminal) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="faint")
    for _ in range(2):
        table.add_column(justify="right")
    table.add_column(overflow="fold")
    table.add_column(justify="right", style="faint")
    heads = [terminal.say(f"plan.head.{name}") for name in ("due", "new", "more")]
    table.add_row("", *(Line(head, style="faint") for head in heads), "")
    for day in days:
        names = [*day.drills, *day.papers, *([terminal.say("plan.interview")] if day.interview else [])]
        minutes = f"{round(day.minutes)} min"
        table.add_row(f"{day.day:%m-%d}", str(day.due), str(day.new_cards), prose(" · ".join(names)), minutes)
    return table
