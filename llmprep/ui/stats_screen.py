"""Statistics in the terminal: readiness, recall, forecast, calendar, mastery, drills, talks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from llmprep.practice.statistics import ENOUGH_RECALLS, INTERVIEW_QUESTIONS, DrillTime, Share, Statistics
from llmprep.ui.blocks import prose
from llmprep.ui.intervals import clock_time
from llmprep.ui.terminal import Terminal

BAR = 24
WEEKS = 26
FEWEST_TOPICS, LAST_DRILLS = 12, 8
_LEVELS = ((30, "█", "bold green"), (10, "▓", "green"), (1, "▒", "green"))


def show_statistics(found: Statistics, terminal: Terminal, everything: bool = False) -> None:
    """Print all sections that have something to say."""
    for block in _blocks(found, terminal, everything):
        terminal.print(block)


def save_statistics(found: Statistics, path: Path, terminal: Terminal) -> None:
    """The same, complete, as a file: SVG or HTML by its name."""
    from llmprep.ui.recording import save

    title = terminal.say("stats.title")
    save(path, _blocks(found, terminal, everything=True), f"llmprep · {title}", terminal.language)
    terminal.line("explain.written", path=path)


def as_json(found: Statistics) -> dict[str, Any]:
    """Every figure, days as ISO dates."""
    data = asdict(found)
    data["today"] = found.today.isoformat()
    data["days"] = {day.isoformat(): count for day, count in sorted(found.days.items())}
    for name, share in (("retention", found.retention), ("retention_month", found.retention_month)):
        data[name] = {**asdict(share), "value": share.value, "interval": share.interval()}
    data["readiness"]["is_guess"] = found.readiness.is_guess
    data["talks"] = [dict(zip(("paper", "seconds", "planned"), talk, strict=True)) for talk in found.talks]
    return data


def _blocks(found: Statistics, terminal: Terminal, everything: bool) -> list[RenderableType]:
    blocks: list[RenderableType] = [
        Line(f"{terminal.say('stats.title')} · {found.today.isoformat()}", style="title"),
        prose(terminal.say("stats.totals", reviews=found.reviews, days=len(found.days))),
    ]
    if not found.days:
        return [*blocks, prose(terminal.say("stats.empty"))]
    for key, body in (
        ("readiness", _readiness(found, terminal)),
        ("retention", _retention(found, terminal)),
        ("forecast", _forecast(found, terminal)),
        ("calendar", _calendar(found, terminal)),
        ("mastery", _mastery(found, terminal, everything)),
        ("drills", _drills(found.drills if everything else found.drills[:LAST_DRILLS], terminal)),
        ("talks", _talks(found, terminal)),
    ):
        if body:
            blocks += ["", Line(terminal.say(f"stats.{key}"), style="title")]
            blocks += [Padding(part, (0, 0, 0, 2), expand=False) for part in body]
    return blocks


def _readiness(found: Statistics, terminal: Terminal) -> list[RenderableType]:
    ready = found.readiness
    said = terminal.say(
        "stats.ready", of=INTERVIEW_QUESTIONS, n=f"{ready.expected:.0f}", low=ready.low, high=ready.high
    )
    blocks: list[RenderableType] = [prose(said)]
    if ready.is_guess:
        said = terminal.say("stats.guess", n=ready.recalls, enough=ENOUGH_RECALLS)
        blocks.append(prose(said, style="warn"))
    return blocks


def _retention(found: Statistics, terminal: Terminal) -> list[RenderableType]:
    whole, month = found.retention, found.retention_month
    if whole.value is None:
        return [prose(terminal.say("stats.no-recall"))]
    low, high = (f"{edge:.0%}" for edge in whole.interval())
    said = terminal.say("stats.recalled", value=_percent(whole), of=whole.of, low=low, high=high)
    blocks: list[RenderableType] = [prose(said)]
    if month.of and month != whole:
        blocks.append(prose(terminal.say("stats.recalled-month", value=_percent(month), of=month.of)))
    if found.predicted is not None:
        blocks.append(prose(terminal.say("stats.expected", value=f"{found.predicted:.0%}"), style="faint"))
    return blocks


def _percent(share: Share) -> str:
    return f"{share.value:.0%}" if share.value is not None else "–"


def _forecast(found: Statistics, terminal: Terminal) -> list[RenderableType]:
    most = max(found.forecast, default=0)
    if not most:
        return []
    table = Table.grid(padding=(0, 2))
    table.add_column(style="faint")
    table.add_column(justify="right")
    for ahead, count in enumerate(found.forecast):
        day = found.today + timedelta(days=ahead)
        name = terminal.say("when.today") if ahead == 0 else f"{day:%m-%d}"
        table.add_row(name, str(count), Line(_bar(count / most, terminal, empty=False), style="cyan"))
    return [table]


def _bar(share: float, terminal: Terminal, empty: bool = True) -> str:
    full, rest = ("#", ".") if terminal.console.options.ascii_only else ("█", "░")
    filled = round(BAR * min(share, 1.0))
    if share > 0 and not filled:
        filled = 1
    return full * filled + (rest * (BAR - filled) if empty else "")


def _calendar(found: Statistics, terminal: Terminal) -> list[RenderableType]:
    """Weeks across, Monday to Sunday down: the shade is how much was answered that day."""
    monday = found.today - timedelta(days=found.today.weekday())
    first = monday - timedelta(weeks=WEEKS - 1)
    lines: list[RenderableType] = [Line("   " + _months(first), style="faint")]
    for weekday, name in enumerate(terminal.say("stats.weekdays").split()):
        line = (
            Line(f"{name} ", style="faint") if terminal.language == "zh" else Line(f"{name}  ", style="faint")
        )
        for week in range(WEEKS):
            day = first + timedelta(weeks=week, days=weekday)
            if day <= found.today:
                line.append(*_shade(found.days.get(day, 0), terminal))
                line.append(" ")
        lines.append(line)
    counts = zip(("none", "few", "some", "many"), (0, 1, 10, 30), strict=True)
    shades = {name: _shade(count, terminal)[0] for name, count in counts}
    return [*lines, prose(terminal.say("stats.calendar-legend", **shades), style="faint")]


def _months(first: date) -> str:
    """The number of each month above the week in which it begins."""
    row = [" "] * (2 * WEEKS + 2)
    for week in range(WEEKS):
        monday = first + timedelta(weeks=week)
        if week == 0 or monday.day <= 7:
            number = str(monday.month)
            if row[2 * week - 1 if week else 0] == " ":
                row[2 * week : 2 * week + len(number)] = number
    return "".join(row).rstrip()


def _shade(count: int, terminal: Terminal) -> tuple[str, str]:
    for least, mark, style in _LEVELS:
        if count >= least:
            return (
                {"█": "#", "▓": "+", "▒": "-"}[mark] if terminal.console.options.ascii_only else mark
            ), style
    return ("." if terminal.console.options.ascii_only else "·"), "dim"


def _mastery(found: Statistics, terminal: Terminal, everything: bool) -> list[RenderableType]:
    started = [topic for topic in found.topics if topic.seen]
    rest = [topic for topic in found.topics if not topic.seen]
    shown = [*started, *rest] if everything else [*started, *rest][:FEWEST_TOPICS]
    table = Table.grid(padding=(0, 2))
    table.add_column(overflow="fold")
    table.add_column()
    table.add_column(justify="right")
    table.add_column(style="faint")
    for topic in shown:
        table.add_row(
            prose(topic.title[terminal.language]),
            Line(_bar(topic.recalled, terminal), style="green"),
            f"{topic.recalled:.0%}",
            terminal.say("stats.seen", seen=topic.seen, of=topic.of),
        )
    blocks: list[RenderableType] = [table]
    left = len(found.topics) - len(shown)
    if left:
        blocks.append(prose(terminal.say("stats.more-topics", n=left), style="faint"))
    return blocks


def _drills(drills: Sequence[DrillTime], terminal: Terminal) -> list[RenderableType]:
    if not drills:
        return []
    table = Table.grid(padding=(0, 2))
    table.add_column(overflow="fold")
    table.add_column()
    table.add_column(style="faint")
    for drill in drills:
        times = " → ".join(clock_time(seconds) for seconds in drill.seconds[-4:])
        state = times or ("" if drill.passed else terminal.say("stats.open"))
        attempts = terminal.say("stats.attempts", n=drill.attempts)
        table.add_row(prose(drill.title[terminal.language]), state, attempts)
    return [table]


def _talks(found: Statistics, terminal: Terminal) -> list[RenderableType]:
    if not found.talks:
        return []
    table = Table.grid(padding=(0, 2))
    for name, seconds, planned in found.talks:
        table.add_row(name, f"{clock_time(seconds)} / {clock_time(planned)}")
    return [table]
