"""What a command needs, opened when it is needed: settings, terminal, catalogue, store."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from llmprep.cli.exit_codes import Exit
from llmprep.content.items import Language

if TYPE_CHECKING:
    from llmprep.content.catalogue import Catalogue
    from llmprep.memory.settings import ModelSettings, Settings
    from llmprep.memory.store import Store
    from llmprep.ui.terminal import Terminal


class App:
    """One run of the program."""

    def __init__(self, language: str | None = None):
        self._asked_language = language

    @cached_property
    def settings(self) -> Settings:
        from llmprep.memory.settings import load_settings

        return load_settings()

    @cached_property
    def model(self) -> ModelSettings:
        """The learner's own model; ends the program where none is set."""
        if self.settings.model is None:
            self.fail(self.terminal.say("model.none"), Exit.MISUSE)
        return self.settings.model

    @cached_property
    def language(self) -> Language:
        from llmprep.memory.settings import resolve_language

        asked = self._asked_language
        if asked is not None and asked not in ("en", "zh"):
            from llmprep.ui.strings import say

            sys.stderr.write(say("en", "error.language", name=asked) + "\n")
            raise typer.Exit(Exit.MISUSE)
        return resolve_language(asked, self.settings, os.environ)

    @cached_property
    def terminal(self) -> Terminal:
        from llmprep.ui.terminal import Terminal

        return Terminal(self.language)

    @cached_property
    def catalogue(self) -> Catalogue:
        from llmprep.content.catalogue import Catalogue

        own = [Path(folder).expanduser() for folder in self.settings.content_dirs]
        for folder in own:
            if not folder.is_dir():
                self.complain(self.terminal.say("error.no-content-dir", path=folder))
        catalogue = Catalogue.open(progress=self._progress if sys.stderr.isatty() else None, own=own)
        if sys.stderr.isatty():
            sys.stderr.write("\r\x1b[K")
        problems = catalogue.problems()
        if problems:
            from llmprep.ui.problem_words import content_left_out

            self.complain(content_left_out(problems, self.language))
        if not catalogue.count("question") and not catalogue.count("drill") and not catalogue.count("paper"):
            self.fail(self.terminal.say("error.no-content", path=catalogue.root))
        return catalogue

    @cached_property
    def store(self) -> Store:
        from llmprep.memory.store import open_store

        return open_store(self.settings)

    def complain(self, sentence: str) -> None:
        """Say something on standard error."""
        sys.stderr.write(sentence + "\n")

    def fail(self, sentence: str, code: Exit = Exit.FAILED) -> NoReturn:
        """Say why and end."""
        self.complain(sentence)
        raise typer.Exit(code)

    def _progress(self, done: int, total: int) -> None:
        if total > 20 and done % 20 == 0:
            from llmprep.ui.strings import say

            with suppress(OSError):
                sys.stderr.write("\r" + say(self.language, "compile.progress", done=done, total=total))
                sys.stderr.flush()
