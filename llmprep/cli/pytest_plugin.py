"""`pytest --drill attention my_attention.py`: each hidden probe of a drill is one test.

The file is never imported by pytest: it is graded as `llmprep drill --check` does, once, in the judge's own
processes, and every probe reports its part of that verdict. So VS Code's test explorer and JUnit XML show
the same diagnosis as the terminal.
"""

from __future__ import annotations

import ast
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from llmprep.content.catalogue import Catalogue
    from llmprep.content.items import Language
    from llmprep.judge.client import Judge
    from llmprep.judge.verdict import Outcome, Verdict

_GRADER = pytest.StashKey["Grader"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("llmprep", "llmprep drills")
    group.addoption("--drill", metavar="NAME", help="grade the given Python files as answers to this drill")
    group.addoption(
        "--drill-seed", metavar="N", type=int, help="seed of the hidden tests' inputs (default: fresh)"
    )
    group.addoption("--drill-lang", metavar="LANG", choices=("en", "zh"), help="language of the diagnosis")


def pytest_configure(config: pytest.Config) -> None:
    """Resolve the drill once; an unknown name is a usage error."""
    name = config.getoption("--drill")
    if name:
        config.stash[_GRADER] = Grader(config, name)


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the judge's processes."""
    grader = config.stash.get(_GRADER, None)
    if grader is not None:
        grader.close()


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> Generator[None, list[Any], list[Any]]:
    """With --drill, a Python file is an answer and not a module of tests."""
    collected = yield
    grader = parent.config.stash.get(_GRADER, None)
    if grader is None or file_path.suffix != ".py":
        return collected
    return [DrillFile.from_parent(parent, path=file_path, grader=grader)]


class Grader:
    """The drill of this run, and a judge that is started when the first probe runs."""

    def __init__(self, config: pytest.Config, name: str):
        import os

        from llmprep.content.catalogue import Catalogue, UnknownName
        from llmprep.judge.libraries import missing
        from llmprep.memory.settings import load_settings, resolve_language
        from llmprep.ui.problem_words import unknown_name
        from llmprep.ui.strings import say

        own = [Path(folder).expanduser() for folder in load_settings().content_dirs]
        self.catalogue: Catalogue = Catalogue.open(own=own)
        self.language: Language = resolve_language(
            config.getoption("--drill-lang"), load_settings(), os.environ
        )
        self.seed: int | None = config.getoption("--drill-seed")
        self._judge: Judge | None = None
        try:
            self.drill = self.catalogue.resolve("drill", name)
        except UnknownName as problem:
            raise pytest.UsageError(unknown_name(problem, self.language)) from None
        libraries = missing(self.catalogue.drill(self.drill).requires)
        if libraries:
            words = {"name": self.drill, "libraries": ", ".join(libraries)}
            raise pytest.UsageError(say(self.language, "drill.no-library", **words))

    def probes(self) -> Iterator[str]:
        """The ids of the drill's probes, read from the source without running it."""
        tree = ast.parse(
            (self.catalogue.root_of_drill(self.drill) / "drills" / self.drill / "probes.py").read_text(
                "utf-8"
            )
        )
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and any(
                _is_probe(decorator) for decorator in node.decorator_list
            ):
                yield node.name.replace("_", "-")

    def grade(self, path: Path) -> Verdict:
        """Grade one file."""
        from llmprep.practice.drill import drill_files, make_judge

        if self._judge is None:
            self._judge = make_judge(self.catalogue)
        files = drill_files(self.catalogue, self.drill)
        return self._judge.grade(files, path.read_bytes(), str(path), self.seed)

    def close(self) -> None:
        """End the judge."""
        if self._judge is not None:
            self._judge.close()


class DrillFile(pytest.File):
    """A learner's file; its verdict is made once, when its first probe runs."""

    def __init__(self, *, grader: Grader, **kwargs: Any):
        super().__init__(**kwargs)
        self.grader = grader
        self._verdict: Verdict | None = None

    def collect(self) -> Iterator[pytest.Item]:
        """One item per probe."""
        for probe in self.grader.probes():
            yield DrillProbe.from_parent(self, name=probe)

    def verdict(self) -> Verdict:
        """The verdict of the file."""
        if self._verdict is None:
            self._verdict = self.grader.grade(self.path)
        return self._verdict


class DrillFailure(Exception):  # noqa: N818 - it speaks to learners
    """A probe that fails, in the learner's words."""


class DrillProbe(pytest.Item):
    """One probe of the drill."""

    parent: DrillFile

    def runtest(self) -> None:
        """Fail with what the judge says about this probe."""
        verdict = self.parent.verdict()
        runs = [outcome for outcome in verdict.outcomes if outcome.probe == self.name]
        failed = next((outcome for outcome in runs if not outcome.passed), None)
        if failed is None and not runs:
            failed = verdict.first_failure  # the file could not be read, or never finished
        if failed is not None:
            raise DrillFailure(self._words(verdict, failed))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The diagnosis instead of a traceback."""
        if isinstance(excinfo.value, DrillFailure):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where it is reported: in the learner's file."""
        return self.path, 0, f"{self.parent.grader.drill}: {self.name}"

    def _words(self, verdict: Verdict, failed: Outcome) -> str:
        from llmprep.ui import verdict_words
        from llmprep.ui.verdict_screen import diagnosis_lines

        grader = self.parent.grader
        mistakes = {mistake.id: mistake for mistake in grader.catalogue.mistakes(grader.drill)}
        named = diagnosis_lines(verdict, mistakes, grader.language)
        title = verdict_words.title(failed, grader.language)
        message = verdict_words.message(failed, grader.language)
        return "\n".join([*named, f"{title}: {message}", f"(--drill-seed {verdict.seed})"])


def _is_probe(decorator: ast.expr) -> bool:
    return (
        isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Name)
        and decorator.func.id == "probe"
    )
