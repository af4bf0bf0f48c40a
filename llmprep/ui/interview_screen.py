"""A mock interview in the terminal: asked in turn under a clock, without hints, and the report at the end."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from rich.padding import Padding
from rich.text import Text as Line

from llmprep.content.items import Text
from llmprep.judge.client import Judge
from llmprep.memory.settings import ModelSettings
from llmprep.practice.interview import Interview, Turn
from llmprep.practice.interview_drill import begin_drill, fail_drill
from llmprep.practice.interview_report import Report, word
from llmprep.practice.model_judge import Advice
from llmprep.ui.blocks import bullet_list, prose
from llmprep.ui.drill_screen import DrillLoop, show_prompt
from llmprep.ui.intervals import clock_time
from llmprep.ui.model_advice import advice_on
from llmprep.ui.terminal import Quit, Terminal
from llmprep.ui.ticking import tick

_BAR = 16


class InterviewScreen:
    """One sitting with an interview, begun or gone on with."""

    def __init__(
        self,
        interview: Interview,
        terminal: Terminal,
        make_judge: Callable[[], Judge],
        model: ModelSettings | None = None,
    ):
        self.interview, self.terminal = interview, terminal
        self._make_judge = make_judge
        self._model = model

    def run(self) -> bool:
        """Ask until the end (True) or until the learner leaves (False); what was answered is kept."""
        try:
            with self.terminal.listening():
                while (turn := self.interview.current()) is not None:
                    self._ask(turn)
        except (Quit, KeyboardInterrupt):
            self.terminal.print("")
            self.terminal.line("interview.paused", style="warn")
            return False
        self.interview.finish()
        return True

    # --------------------------------------------------------------- one turn

    def _ask(self, turn: Turn) -> None:
        terminal = self.terminal
        self._head(turn)
        if turn.follows:
            terminal.print(Line(f"↳ {terminal.say('quiz.follow-up')}", style="warn"))
        terminal.print(prose(turn.ask[terminal.language], style="title"))
        if turn.kind == "design":
            terminal.line(f"interview.stage.{turn.stage + 1}")
        terminal.print("")
        asks = {"drill": self._drill, "number": self._number, "talk": self._talk}
        asks.get(turn.kind, self._open)(turn)

    def _head(self, turn: Turn) -> None:
        terminal, interview = self.terminal, self.interview
        total = 60 * interview.options.minutes
        used = interview.used()
        kind = terminal.say(f"interview.kind.{turn.kind}")
        minutes = terminal.say("drill.minutes", n=f"{turn.minutes:g}")
        terminal.rule(f"{turn.part + 1}/{len(interview.parts)} · {kind} · {minutes}")
        style = "bad" if used > total else "faint"
        bar = _bar(used / total, terminal)
        terminal.print(Line(f"{bar} {clock_time(used)} / {clock_time(total)}", style=style))

    def _open(self, turn: Turn) -> None:
        terminal = self.terminal
        terminal.line("interview.open-keys", style="faint")
        started = time.monotonic()
        key = terminal.key(("enter", "t", "s", "p", " "), typing="t")
        while key == "p":
            started += self._pause()
            key = terminal.key(("enter", "t", "s", "p", " "), typing="t")
        if key == "s":
            self.interview.skip(turn, time.monotonic() - started)
            return
        if key == "t":
            typed = terminal.ask(terminal.say("quiz.type"), multiline=True, begun=True)
            seconds = time.monotonic() - started
            self._typed(turn, typed, seconds)
            return
        self._spoken(turn, time.monotonic() - started)

    def _spoken(self, turn: Turn, seconds: float) -> None:
        """Said aloud: the learner ticks what was in it."""
        self.terminal.line("quiz.points", style="title")
        had = tick([point[self.terminal.language] for point in turn.points], set(), self.terminal)
        self.interview.answer(turn, "", had, seconds, spoken=True, judged="self")

    def _typed(self, turn: Turn, typed: str, seconds: float) -> None:
        had = self.interview.found(turn, typed)
        advice = None
        try:
            advice = self._advice(turn, typed)
        finally:  # who has no patience with the model keeps the answer
            judged = "rubric" if advice is None else "rubric+model"
            had = advice.applied_to(had) if advice else had
            self.interview.answer(turn, typed, had, seconds, judged=judged)
        if advice is not None and advice.follow_up:
            self._extra(advice.follow_up)

    def _advice(self, turn: Turn, typed: str) -> Advice | None:
        if turn.question is None and turn.kind != "design":
            return None
        return advice_on(self._model, turn.ask, turn.points, typed, self.terminal)

    def _extra(self, question: str) -> None:
        """The model's own follow-up: answered for practice, not scored."""
        terminal = self.terminal
        terminal.line("model.asks", style="warn")
        terminal.print(prose(question, style="title"))
        terminal.line("press.continue", style="faint")
        terminal.key(("enter", " "))

    def _talk(self, turn: Turn) -> None:
        self.terminal.line("interview.talk-keys", style="faint")
        started = time.monotonic()
        key = self.terminal.key(("enter", "s", "p", " "))
        while key == "p":
            started += self._pause()
            key = self.terminal.key(("enter", "s", "p", " "))
        seconds = time.monotonic() - started
        if key == "s":
            self.interview.skip(turn, seconds)
        else:
            self._spoken_in_parts(turn, seconds)

    def _spoken_in_parts(self, turn: Turn, seconds: float) -> None:
        """The points of a talk, beat by beat: more than nine would have no keys."""
        terminal = self.terminal
        terminal.line("quiz.points", style="title")
        had: set[int] = set()
        start = 0
        for beat in self.interview.catalogue.paper(turn.id).beats:
            terminal.print(Line(terminal.say(f"explain.beat.{beat.name}"), style="title"))
            ticked = tick([point[terminal.language] for point in beat.points], set(), terminal)
            had |= {start + index for index in ticked}
            start += len(beat.points)
        self.interview.answer(turn, "", had, seconds, spoken=True, judged="self")

    def _number(self, turn: Turn) -> None:
        from llmprep.calc.quantity import parse_quantity, within

        assert turn.expected is not None and turn.question is not None
        terminal = self.terminal
        terminal.line("interview.number-keys", style="faint")
        started = time.monotonic()
        while True:
            typed = terminal.ask(terminal.say("quiz.number"))
            given = parse_quantity(typed, turn.unit)
            if given is not None or not typed.strip():
                break
            terminal.line("quiz.not-a-number", style="warn", text=typed)
        seconds = time.monotonic() - started
        if given is None:
            self.interview.skip(turn, seconds)
        else:
            right = within(given, turn.expected, turn.question.tolerance)
            self.interview.answer(turn, typed, {0} if right else set(), seconds)

    def _drill(self, turn: Turn) -> None:
        terminal, interview = self.terminal, self.interview
        session = begin_drill(interview.catalogue, interview.store, turn.id, interview.name)
        started = time.monotonic()
        with self._make_judge() as judge:
            judge.start()
            loop = DrillLoop(session, judge, interview.catalogue, terminal, seconds=60 * turn.minutes)
            show_prompt(session, terminal)
            terminal.line("interview.drill-keys", style="faint", minutes=f"{turn.minutes:g}")
            import asyncio

            asyncio.run(loop.run())
        seconds = time.monotonic() - started
        if not session.passed:
            terminal.line("interview.drill-over", style="warn")
            fail_drill(session)
        source = session.file.read().decode("utf-8", "replace")
        interview.answer(turn, source if session.passed else "", {0} if session.passed else set(), seconds)

    def _pause(self) -> float:
        """Stand still until a key; how many seconds that was."""
        began = time.monotonic()
        self.terminal.line("interview.stopped", style="warn")
        self.terminal.key(("enter", " ", "p"))
        return time.monotonic() - began


def show_report(report: Report, saved: Path | None, terminal: Terminal) -> None:
    """The end of an interview: the score, the topics, three things to mend."""
    language = terminal.language
    terminal.rule(word("title", language))
    style = "good" if report.total >= 0.7 else "warn" if report.total >= 0.4 else "bad"
    terminal.print(Line(f"{word('score', language)}: {report.total:.0%}", style=style), "")
    for one in report.topics:
        bar = _bar(one.score, terminal)
        terminal.print(prose(f"{bar} {one.score:4.0%}  {one.title[language]}"))
    if report.mend:
        terminal.print("", Line(word("mend", language), style="title"))
    for mend in report.mend:
        terminal.print(prose(_first_line(mend.title, terminal), style="title"))
        missed = [text[language] for text in mend.missed[:3]]
        if missed:
            terminal.print(Padding(bullet_list(missed), (0, 0, 0, 2), expand=False))
        terminal.print(Padding(Line(mend.command, style="key"), (0, 0, 1, 2), expand=False))
    if saved is not None:
        terminal.line("interview.saved", path=saved)
    terminal.line("interview.due-now", style="faint")


def _bar(share: float, terminal: Terminal) -> str:
    full, rest = ("#", ".") if terminal.console.options.ascii_only else ("█", "░")
    filled = min(round(_BAR * share), _BAR)
    return full * filled + rest * (_BAR - filled)


def _first_line(text: Text, terminal: Terminal) -> str:
    return " ".join(text[terminal.language].split())
