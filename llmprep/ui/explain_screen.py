"""A talk in the terminal: told whole, by part, or rehearsed against the clock."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from rich.console import RenderableType
from rich.live import Live
from rich.padding import Padding
from rich.text import Text as Line

from llmprep.content.catalogue import Catalogue
from llmprep.content.items import Paper, Text
from llmprep.practice.talk import WARNING_SECONDS, BeatTime, Rehearsal
from llmprep.ui.blocks import bullet_list, formula_block, number_table, picture_block, prose
from llmprep.ui.intervals import clock_time, interval
from llmprep.ui.terminal import Quit, Terminal
from llmprep.ui.ticking import ask_rating, tick

PARTS = ("talk", "pictures", "formulas", "numbers", "questions")
BAR_WIDTH = 30
TICK_SECONDS = 0.25


def show_paper(name: str, paper: Paper, terminal: Terminal, parts: tuple[str, ...] = PARTS) -> None:
    """Print a talk, or the parts of it that were asked for."""
    language = terminal.language
    terminal.rule(f"{paper.name[language]} · {paper.year}")
    terminal.print(prose(f"{paper.title}. {paper.authors}, {paper.venue}. {paper.link}", style="faint"))
    terminal.print(prose(paper.one_line[language]), "")
    if "talk" in parts:
        _talk(paper, terminal)
    if "pictures" in parts and paper.pictures:
        _heading(terminal, "explain.pictures")
        for picture in paper.pictures:
            terminal.print(picture_block(picture, language), "")
    if "formulas" in parts:
        _heading(terminal, "explain.formulas")
        for formula in paper.formulas:
            terminal.print(formula_block(formula, language), "")
    if "numbers" in parts:
        _heading(terminal, "explain.numbers")
        for table in paper.numbers:
            terminal.print(number_table(table, language), "")
    if "questions" in parts:
        _questions(paper, terminal)
    commands = [f"llmprep drill {drill}" for drill in paper.drills]
    if commands:
        terminal.line("explain.links", commands=" · ".join(commands))
    terminal.line("explain.rehearse-hint", style="faint", name=name)


def show_sources(paper: Paper, terminal: Terminal) -> None:
    """The TeX of every formula, to be pasted elsewhere."""
    for formula in paper.formulas:
        terminal.print(prose(f"% {formula.name[terminal.language]}", style="faint"))
        terminal.console.print(formula.tex.strip(), "", sep="\n", soft_wrap=True)


def save_paper(paper: Paper, path: Path, terminal: Terminal, parts: tuple[str, ...]) -> None:
    """The same as a file: SVG or HTML by its name."""
    from llmprep.ui.recording import save

    language = terminal.language
    things: list[RenderableType] = [Line(f"{paper.name[language]} · {paper.year}", style="title"), ""]
    if "talk" in parts:
        things += [prose(paper.one_line[language]), ""]
        for beat in paper.beats:
            things += [
                Line(terminal.say(f"explain.beat.{beat.name}"), style="title"),
                prose(beat.say[language]),
                "",
            ]
    blocks: list[RenderableType] = []
    if "pictures" in parts:
        blocks += [picture_block(picture, language) for picture in paper.pictures]
    if "formulas" in parts:
        blocks += [formula_block(formula, language) for formula in paper.formulas]
    if "numbers" in parts:
        blocks += [number_table(table, language) for table in paper.numbers]
    for block in blocks:
        things += [block, ""]
    save(path, things, paper.name[language], language)
    terminal.line("explain.written", path=path)


def show_beat(paper: Paper, beat_name: str, terminal: Terminal) -> None:
    """One beat only: the words and the points."""
    beat = next(beat for beat in paper.beats if beat.name == beat_name)
    _heading(terminal, f"explain.beat.{beat.name}", f" · {clock_time(beat.seconds)}")
    terminal.print(prose(beat.say[terminal.language]), "")
    terminal.print(bullet_list([point[terminal.language] for point in beat.points]))


def _talk(paper: Paper, terminal: Terminal) -> None:
    language = terminal.language
    for beat in paper.beats:
        _heading(terminal, f"explain.beat.{beat.name}", f" · {clock_time(beat.seconds)}")
        terminal.print(prose(beat.say[language]), "")
    _heading(terminal, "explain.contributions")
    terminal.print(bullet_list([text[language] for text in paper.contributions]), "")


def _questions(paper: Paper, terminal: Terminal) -> None:
    language = terminal.language
    _heading(terminal, "explain.asked")
    for asked in paper.asked:
        terminal.print(prose(asked.ask[language], style="title"))
        terminal.print(Padding(prose(asked.answer[language]), (0, 0, 1, 2)))
    _heading(terminal, "explain.deep")
    terminal.print(prose(paper.deep.title[language], style="title"))
    terminal.print(Padding(prose(paper.deep.say[language]), (0, 0, 1, 2)))
    _heading(terminal, "explain.limits")
    terminal.print(bullet_list([text[language] for text in paper.limits]), "")
    _heading(terminal, "explain.misconceptions")
    for wrong in paper.misconceptions:
        terminal.print(prose(terminal.say("explain.claim", claim=wrong.claim[language])))
        terminal.print(Padding(prose(f"→ {wrong.truth[language]}"), (0, 0, 0, 2)))
    terminal.print("")


def _heading(terminal: Terminal, key: str, extra: str = "") -> None:
    terminal.print(Line(terminal.say(key) + extra, style="title"))


# ---------------------------------------------------------------- rehearsing


def run_rehearsal(rehearsal: Rehearsal, catalogue: Catalogue, terminal: Terminal) -> None:
    """The clock beat by beat, then the points, then the follow-ups; only a finished one is scheduled."""
    paper, language = rehearsal.paper, terminal.language
    terminal.rule(f"{paper.name[language]} · {clock_time(rehearsal.planned)}")
    minutes = f"{rehearsal.planned / 60:.0f}"
    terminal.line("rehearse.ready", n=len(rehearsal.times), minutes=minutes)
    try:
        with terminal.listening():
            _rehearse(rehearsal, catalogue, terminal)
    except (Quit, KeyboardInterrupt):
        terminal.line("rehearse.kept" if rehearsal.stop() else "rehearse.not-kept", style="warn")


def _rehearse(rehearsal: Rehearsal, catalogue: Catalogue, terminal: Terminal) -> None:
    terminal.key(("enter", " "))
    for beat_time in rehearsal.times:
        asyncio.run(_tell(beat_time, terminal))
        beat_time.told = True
    times = {"spoken": clock_time(rehearsal.seconds), "planned": clock_time(rehearsal.planned)}
    terminal.line("rehearse.time", style="title", **times)
    terminal.line("rehearse.points", style="title")
    for beat_time in rehearsal.times:
        _tick(beat_time, terminal)
    _after(rehearsal, catalogue, terminal)


async def _tell(beat_time: BeatTime, terminal: Terminal) -> None:
    """Run one beat's clock until Enter; p pauses it. The words are not shown: the learner is telling them."""
    paused, since = False, time.monotonic()
    spent = 0.0
    with Live(console=terminal.console, auto_refresh=False, transient=True) as live:
        async with terminal.keys() as pressed:
            while True:
                beat_time.seconds = spent if paused else spent + time.monotonic() - since
                live.update(_bar(beat_time, paused, terminal), refresh=True)
                try:
                    key = await asyncio.wait_for(pressed.get(), TICK_SECONDS)
                except TimeoutError:
                    continue
                if key in ("enter", " "):
                    break
                if key == "q":
                    raise Quit
                if key == "p":
                    spent, paused, since = beat_time.seconds, not paused, time.monotonic()
    terminal.print(_bar(beat_time, False, terminal, final=True))


def _bar(beat_time: BeatTime, paused: bool, terminal: Terminal, final: bool = False) -> Line:
    beat, seconds = beat_time.beat, beat_time.seconds
    left = beat.seconds - seconds
    style = "bad" if left < 0 else "warn" if left <= WARNING_SECONDS else "good"
    filled = min(int(BAR_WIDTH * seconds / beat.seconds), BAR_WIDTH)
    line = Line(f"{terminal.say(f'explain.beat.{beat.name}')}  ", style="title")
    line.append("█" * filled + "░" * (BAR_WIDTH - filled), style=style)
    line.append(f"  {clock_time(seconds)} / {clock_time(beat.seconds)}", style="")
    if left < 0:
        line.append("  " + terminal.say("rehearse.over", n=int(-left)), style="bad")
    if paused:
        line.append("  " + terminal.say("rehearse.paused"), style="warn")
    if not final:
        line.append("\n" + terminal.say("rehearse.keys"), style="faint")
    return line


def _tick(beat_time: BeatTime, terminal: Terminal) -> None:
    points = [point[terminal.language] for point in beat_time.beat.points]
    if points:
        _heading(terminal, f"explain.beat.{beat_time.beat.name}")
        beat_time.said = tick(points, beat_time.said, terminal)


def _after(rehearsal: Rehearsal, catalogue: Catalogue, terminal: Terminal) -> None:
    language = terminal.language
    had, of = rehearsal.had()
    terminal.line("rehearse.had", style="title", had=had, of=of)
    missed: list[Text] = [beat.points[index] for beat, index in rehearsal.missed()]
    if missed:
        terminal.line("rehearse.missed", style="title")
        terminal.print(bullet_list([text[language] for text in missed]))
    for asked in rehearsal.follow_ups(catalogue):
        terminal.line("rehearse.follow-up", style="warn")
        terminal.print(prose(asked.ask[language], style="title"))
        terminal.line("press.continue", style="faint")
        terminal.key(("enter", " "))
        terminal.print(Padding(prose(asked.answer[language]), (0, 0, 1, 2)))
    suggested = rehearsal.suggestion()
    rating = ask_rating(suggested, rehearsal.intervals(), terminal)
    if rating is None:
        raise Quit
    reviewed = rehearsal.finish(rating)
    terminal.line("quiz.next-due", when=interval(reviewed.after.interval, language))
