"""A drill in the terminal: the prompt, then every save judged; single keys ask for hints and the rest."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import TypeVar, cast

from rich.padding import Padding
from rich.syntax import Syntax
from rich.text import Text as Line

from llmprep.content.catalogue import Catalogue
from llmprep.content.items import Question
from llmprep.judge.client import Judge
from llmprep.judge.verdict import Verdict
from llmprep.memory.problems import MemoryProblem
from llmprep.memory.store import Store
from llmprep.practice.drill import DrillSession, reset_practice_file
from llmprep.ui.blocks import bullet_list, prose
from llmprep.ui.editor import edit
from llmprep.ui.intervals import interval
from llmprep.ui.terminal import Quit, Terminal
from llmprep.ui.verdict_screen import cost_table, print_verdict

SAVED = "saved"
QUIET_MILLISECONDS = 20
LOOK_MILLISECONDS = 1000
ResultT = TypeVar("ResultT")


def show_prompt(session: DrillSession, terminal: Terminal) -> None:
    """What the learner is to write, and where."""
    drill, language = session.drill, terminal.language
    minutes = terminal.say("drill.minutes", n=drill.minutes)
    terminal.rule(f"{drill.title[language]} · {terminal.say(f'quiz.level.{drill.level}')} · {minutes}")
    terminal.print(prose(drill.prompt[language].strip()))
    if drill.forbid:
        names = ", ".join(
            name.removeprefix("torch.nn.functional.").removeprefix("torch.nn.") for name in drill.forbid
        )
        terminal.print(prose(terminal.say("drill.forbidden", names=names)))
    for table in drill.parameters:
        terminal.print(prose(terminal.say("drill.parameters", build=f"`{table.build}`")))
        rows = [
            f"`{name}` ({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"
            for name, shape in table.table.items()
        ]
        terminal.print(Padding(prose("  ".join(rows)), (0, 0, 0, 2)))
    terminal.print("")
    key = "drill.file-new" if session.file.created else "drill.file"
    terminal.print(Line(terminal.say(key, path=_short(session.file.path))))
    if session.file.backup is not None:
        terminal.print(Line(terminal.say("drill.backup", path=_short(session.file.backup))))
    elif not session.file.created and session.store.state(session.card) is not None:
        terminal.line("drill.old-answer", style="faint")


def run_drill(
    session: DrillSession, judge: Judge, catalogue: Catalogue, terminal: Terminal, seed: int | None = None
) -> bool:
    """Watch and judge until the learner goes on (True) or stops (False)."""
    judge.start()
    loop = DrillLoop(session, judge, catalogue, terminal, seed)  # what is saved from here on is judged
    show_prompt(session, terminal)
    terminal.line("drill.keys", style="faint")
    try:
        with terminal.listening():
            return asyncio.run(loop.run())
    except (Quit, KeyboardInterrupt):
        return False


def standing(name: str, store: Store, terminal: Terminal) -> str:
    """Where a drill stands for this learner: new, due, or when it comes back."""
    state = store.state(f"drill/{name}")
    if state is None:
        return terminal.say("drill.state.new")
    due = store.due(f"drill/{name}", store.clock.end_of_today())
    if any(found.card == state.card for found in due):
        return terminal.say("drill.state.due")
    left = timedelta(days=(state.due_day - store.clock.today()).days) if state.due_day else state.interval
    return terminal.say("drill.state.passed", when=interval(left, terminal.language))


class DrillLoop:
    """One sitting with one drill, driven by saves and keys.

    With `seconds` it is an examination: no hints, no solution, and it ends with the first pass or the time.
    """

    def __init__(
        self,
        session: DrillSession,
        judge: Judge,
        catalogue: Catalogue,
        terminal: Terminal,
        seed: int | None = None,
        seconds: float | None = None,
    ):
        self.session = session
        self.judge = judge
        self.catalogue = catalogue
        self.terminal = terminal
        self.seed = seed
        self._deadline = None if seconds is None else time.monotonic() + seconds
        self._stamp = _stamp(session.file.path)
        self._last = session.file.read()
        self._asked_solution = False

    async def run(self) -> bool:
        """True when the learner wants the next drill."""
        self._prepare_next()
        async with self._saves() as saves:
            self.terminal.line("drill.waiting", style="faint")
            while True:
                action = await self._next_action(saves)
                if action in ("q", "n"):
                    return action == "n"
                if self._deadline is None:
                    await self._do(action)
                elif action in (SAVED, "c", "e"):
                    await self._do(action)
                    if self.session.passed:
                        return True

    async def _do(self, action: str) -> None:
        if action == SAVED:
            if (text := self._text()) is not None and text != self._last:
                await self._judge(text)
        elif action == "c":
            if (text := self._text()) is not None:
                await self._judge(text)
        elif action == "h":
            self._hint()
        elif action == "s":
            self._solution()
        elif action == "a" and self.session.passed:
            self._answers()
        elif action == "r":
            self._reset()
        elif action == "e":
            await self._edit()

    async def _next_action(self, saves: asyncio.Queue[str]) -> str:
        async with self.terminal.keys() as pressed:
            waiting = [asyncio.ensure_future(pressed.get()), asyncio.ensure_future(saves.get())]
            try:
                left = None if self._deadline is None else max(self._deadline - time.monotonic(), 0.0)
                await asyncio.wait(waiting, timeout=left, return_when=asyncio.FIRST_COMPLETED)
                if not any(future.done() for future in waiting):
                    return "q"  # the time of the examination is over
                if waiting[0].done() and waiting[1].done():
                    saves.put_nowait(SAVED)  # both at once: the key now, the save after it
                return next(future.result() for future in waiting if future.done())
            finally:
                for future in waiting:
                    future.cancel()

    @asynccontextmanager
    async def _saves(self) -> AsyncIterator[asyncio.Queue[str]]:
        """A queue that gets an entry whenever the file may have changed, however the editor saves."""
        from watchfiles import awatch

        path, queue = self.session.file.path, asyncio.Queue[str]()
        stop = asyncio.Event()

        async def watch() -> None:
            changes = awatch(
                path.parent,
                watch_filter=lambda _, changed: Path(changed).name == path.name,
                step=QUIET_MILLISECONDS,
                debounce=200,
                stop_event=stop,
                recursive=False,
                yield_on_timeout=True,
                rust_timeout=LOOK_MILLISECONDS,
            )
            seen = self._stamp
            async for changed in changes:
                # a time-out is the moment to see what no event told: network folders, a save before the watch
                stamp = _stamp(path)
                if changed or stamp != seen:
                    queue.put_nowait(SAVED)
                seen = stamp

        task = asyncio.create_task(watch())
        try:
            yield queue
        finally:
            stop.set()
            task.cancel()
            with suppress(asyncio.CancelledError, OSError):  # a folder that cannot be watched: c still judges
                await task

    # ------------------------------------------------------------- actions

    def _prepare_next(self) -> None:
        """Have the judge ready before the next save; one that cannot start says so when asked to judge."""

        def prepare() -> None:
            with suppress(Exception):
                self.judge.prepare(self.session.files, self.seed)

        threading.Thread(target=prepare, daemon=True).start()

    def _text(self) -> bytes | None:
        try:
            return self.session.file.read()
        except MemoryProblem:  # an editor that replaces the file may leave a moment without one
            return None

    async def _judge(self, text: bytes) -> None:
        self._last = text
        with self.terminal.waiting("drill.judging"):
            verdict = await self._verdict(text)
        self.session.record(verdict)
        self.terminal.rule(self.session.store.clock.now().astimezone().strftime("%H:%M:%S"))
        print_verdict(verdict, self.session.name, self.catalogue, self.terminal)
        if verdict.passed and self._deadline is None:
            self._after_pass()
        elif self._deadline is None:
            self.terminal.line("drill.keys", style="faint")
        self._prepare_next()

    async def _verdict(self, text: bytes) -> Verdict:
        """Grade while keys are read, so that q and Ctrl-C need not wait for a file that loops for ever."""
        grading = _in_background(lambda: self.session.judged(self.judge, text, self.seed))
        async with self.terminal.keys() as pressed:
            while True:
                key = asyncio.ensure_future(pressed.get())
                await asyncio.wait((grading, key), return_when=asyncio.FIRST_COMPLETED)
                if grading.done():
                    key.cancel()
                    return grading.result()
                if key.result() == "q":
                    raise Quit

    def _after_pass(self) -> None:
        terminal, session, language = self.terminal, self.session, self.terminal.language
        if session.verdict is not None and (table := cost_table(session.verdict, language)) is not None:
            terminal.line("verdict.compared-cost", style="title")
            terminal.print(Padding(table, (0, 0, 0, 2)))
        questions = self._questions()
        if questions:
            terminal.line("drill.next-asked", style="title")
            terminal.print(bullet_list([question.ask[language] for question in questions]))
        if session.reviewed is not None:
            terminal.line("drill.comes-back", when=interval(session.reviewed.after.interval, language))
        terminal.line("drill.passed-keys", style="faint")

    def _questions(self) -> list[Question]:
        names = [name for name in self.session.drill.then if self.catalogue.has("question", name)]
        return [self.catalogue.question(name) for name in names]

    def _answers(self) -> None:
        language = self.terminal.language
        for question in self._questions():
            self.terminal.print(prose(question.ask[language], style="title"))
            if question.answer is not None:
                self.terminal.print(Padding(prose(question.answer[language]), (0, 0, 0, 2)))

    def _hint(self) -> None:
        index = self.session.hint()
        if index is None:
            self.terminal.line("drill.no-more-hints", style="warn")
            return
        hints = self.session.drill.hints
        self.terminal.line("drill.hint", style="title", n=index + 1, of=len(hints))
        self.terminal.print(Padding(prose(hints[index][self.terminal.language]), (0, 0, 0, 2)))

    def _solution(self) -> None:
        terminal, session = self.terminal, self.session
        if not session.may_see_solution():
            if not self._asked_solution:
                self._asked_solution = True
                terminal.line("drill.solution-locked", style="warn")
                return
            session.give_up()
            terminal.line("drill.gave-up", style="warn")
        if session.passed and (yours := self._text()) is not None:
            terminal.rule(terminal.say("drill.yours"))
            terminal.print(_code(yours.decode("utf-8", "replace")))
        terminal.rule(terminal.say("drill.solution"))
        terminal.print(_code(session.solution()))
        if session.notes is not None:
            terminal.line("drill.remarks", style="title")
            remarks = [remark[terminal.language] for remark in session.notes.remarks]
            terminal.print(bullet_list([*remarks, session.notes.cost[terminal.language]]))
        if session.passed:
            terminal.line("drill.passed-keys", style="faint")

    def _reset(self) -> None:
        self.session.file = reset_practice_file(self.catalogue, self.session.name, self.session.store)
        self._last = self.session.file.read()
        self.terminal.line("drill.reset-done")
        if self.session.file.backup is not None:
            self.terminal.print(
                Line(self.terminal.say("drill.backup", path=_short(self.session.file.backup)))
            )

    async def _edit(self) -> None:
        edit(self.session.file.path, self.terminal)


def _stamp(path: Path) -> tuple[int, int] | None:
    """What changes when a file is saved."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _in_background(work: Callable[[], ResultT]) -> asyncio.Future[ResultT]:
    """`work` on a thread that the end of the program does not wait for."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[ResultT] = loop.create_future()

    def deliver(result: ResultT | None, error: BaseException | None) -> None:
        if future.done():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(cast(ResultT, result))

    def run() -> None:
        try:
            result, error = work(), None
        except BaseException as raised:
            result, error = None, raised
        with suppress(RuntimeError):  # the loop has ended: nobody is waiting any more
            loop.call_soon_threadsafe(deliver, result, error)

    threading.Thread(target=run, daemon=True).start()
    return future


def _code(text: str) -> Syntax:
    return Syntax(text.rstrip(), "python", theme="ansi_light", background_color="default", word_wrap=True)


def _short(path: Path) -> str:
    """A path as its owner would type it."""
    with suppress(ValueError, RuntimeError):
        return f"~/{path.relative_to(Path.home())}"
    return str(path)
