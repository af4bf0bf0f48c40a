"""The learner's terminal: prints, single keys, lines. Keys come through prompt_toolkit.

What is imported while the learner is already reading costs nobody anything; so the first screen is drawn
before anything that only input needs is loaded.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any

from rich.console import Console, ConsoleDimensions
from rich.theme import Theme

from llmprep.content.items import Language
from llmprep.ui.strings import say

if TYPE_CHECKING:
    import asyncio

MAX_WIDTH = 100
THEME = Theme(
    {
        "title": "bold",
        "key": "bold cyan",
        "good": "bold green",
        "bad": "bold red",
        "warn": "magenta",
        "code": "cyan",
        "faint": "dim",
        "markdown.code": "cyan",
    }
)
"""Colours of the terminal's own palette, which its owner chose to be readable on its background."""


class Screen(Console):
    """A console whose lines stay readable on wide terminals, and that outlives its reader (`| head`)."""

    @property
    def size(self) -> ConsoleDimensions:
        width, height = super().size
        return ConsoleDimensions(min(width, MAX_WIDTH), height)

    @size.setter
    def size(self, new_size: tuple[int, int]) -> None:
        self._width, self._height = new_size

    def on_broken_pipe(self) -> None:
        """Go on in silence: the exit status still says what was found."""
        self.quiet = True
        silence_output()


class Quit(Exception):  # noqa: N818 - it is a wish, not an error
    """The learner asked to stop; everything done so far is kept."""


class Pressed(str):
    """A key by its name: "enter", or a character in lower case; `text` is what it would have typed."""

    text: str

    def __new__(cls, name: str, text: str) -> Pressed:
        key = super().__new__(cls, name)
        key.text = text
        return key


class Terminal:
    """Where a practice is shown and its keys are read."""

    def __init__(self, language: Language, console: Console | None = None):
        self.language: Language = language
        self._unread: list[Pressed] = []
        self.console = console or Screen(theme=THEME, highlight=False, markup=False, emoji=False)

    @property
    def interactive(self) -> bool:
        """Whether somebody can press keys and see the result."""
        return sys.stdin.isatty() and self.console.is_terminal

    # -------------------------------------------------------------- showing

    def say(self, key: str, **values: object) -> str:
        """A fixed sentence in the learner's language."""
        return say(self.language, key, **values)

    def print(self, *things: Any, style: str | None = None) -> None:
        """Print renderables; strings are printed as they are, without markup."""
        for thing in things:
            self.console.print(thing, style=style, markup=False, highlight=False, soft_wrap=False)

    def line(self, key: str, style: str | None = None, **values: object) -> None:
        """Print a fixed sentence, wrapped by the rules of its language."""
        from llmprep.ui.wrap import wrap

        for row in wrap(self.say(key, **values), self.console.width):
            self.print(row, style=style)

    def rule(self, title: str) -> None:
        """A titled line across the screen."""
        self.console.rule(title, align="left", style="faint", characters="─")

    # --------------------------------------------------------------- asking

    @contextmanager
    def listening(self) -> Iterator[None]:
        """While it runs, keys pressed between two questions are neither shown nor lost."""
        with _changed_terminal(echo=False):
            yield

    @contextmanager
    def lent(self) -> Iterator[None]:
        """While it runs, another program has the terminal, as one expects to find it."""
        with _changed_terminal(echo=True):
            yield

    def key(self, allowed: str | tuple[str, ...] | None = None, typing: str = "") -> str:
        """The next key of `allowed` ("enter" and characters), lower-case.

        A character that no command has (a Chinese one, say) stands for the key `typing` and is kept as the
        beginning of what `ask` reads: nobody has to leave an input method for a command.

        Raises:
            Quit: q (unless allowed otherwise), Ctrl-C, Ctrl-D, or the end of input.
        """
        import asyncio

        key = asyncio.run(self._one_key(allowed, bool(typing)))
        if allowed is None or key in allowed:
            return str(key)
        self._unread.insert(0, key)
        return typing

    async def _one_key(self, allowed: str | tuple[str, ...] | None, typing: bool) -> Pressed:
        async with self.keys() as pressed:
            while True:
                key = await pressed.get()
                if allowed is None or key in allowed or (typing and not key.isascii()):
                    return key
                if key == "q":
                    raise Quit

    @asynccontextmanager
    async def keys(self) -> AsyncIterator[asyncio.Queue[Pressed]]:
        """A queue of keys while the block runs; Ctrl-C and Ctrl-D arrive as "q".

        What a fast typist has pressed beyond what the block takes is the beginning of the next one's queue.
        """
        import asyncio

        from prompt_toolkit.input import create_input

        source = create_input()
        queue: asyncio.Queue[Pressed] = asyncio.Queue()
        for name in self._unread:
            queue.put_nowait(name)
        self._unread.clear()

        def read() -> None:
            for press in source.read_keys():
                for name in _names(press):
                    queue.put_nowait(name)
            if source.closed:
                queue.put_nowait(_QUIT)

        with source.raw_mode(), source.attach(read):
            yield queue
        while not queue.empty():
            self._unread.append(queue.get_nowait())

    def ask(self, label: str, multiline: bool = False, begun: bool = False) -> str:
        """A typed answer. Enter ends it; with `multiline`, Alt-Enter starts a new line.

        `begun` says that keys already pressed are the beginning of it.

        Raises:
            Quit: Ctrl-C or Ctrl-D.
        """
        from prompt_toolkit import PromptSession
        from prompt_toolkit.key_binding import KeyBindings

        bindings = KeyBindings()
        if multiline:
            bindings.add("escape", "enter")(lambda event: event.current_buffer.insert_text("\n"))
            bindings.add("enter")(lambda event: event.current_buffer.validate_and_handle())
        session: PromptSession[str] = PromptSession(multiline=multiline, key_bindings=bindings)
        self.print(label, style="title")
        typed = "".join(key.text for key in self._unread) if begun else ""
        self._unread.clear()
        try:
            return session.prompt("> ", default=typed)
        except (KeyboardInterrupt, EOFError):
            raise Quit from None

    @contextmanager
    def waiting(self, key: str) -> Iterator[None]:
        """Show that something takes a moment."""
        if not self.console.is_terminal:
            yield
            return
        with self.console.status(self.say(key), spinner="dots"):
            yield


@contextmanager
def _changed_terminal(echo: bool) -> Iterator[None]:
    """Echo and line editing, on or off; afterwards the terminal is as before."""
    if sys.platform == "win32" or not sys.stdin.isatty():
        yield
        return
    import termios

    before, changed = termios.tcgetattr(sys.stdin), termios.tcgetattr(sys.stdin)
    flags = termios.ECHO | termios.ICANON
    changed[3] = changed[3] | flags if echo else changed[3] & ~flags
    if not echo:
        changed[6][termios.VMIN] = 1
    termios.tcsetattr(sys.stdin, termios.TCSANOW, changed)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSANOW, before)


def silence_output() -> None:
    """Point standard output at nothing, so that Python does not complain at exit about a reader that left."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())
    os.close(nothing)


_QUIT = Pressed("q", "")


def _names(press: Any) -> list[Pressed]:
    key = getattr(press.key, "value", press.key)
    if key in ("c-c", "c-d"):
        return [_QUIT]
    if key in ("c-m", "c-j"):
        return [Pressed("enter", "\n")]
    if key == "<bracketed-paste>":
        return []
    # an input method may be in full-width mode
    name = unicodedata.normalize("NFKC", str(key)).lower()
    return [Pressed(name, str(key) if len(key) == 1 else "")]
