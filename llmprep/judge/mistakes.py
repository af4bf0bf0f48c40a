"""Mistakes as edits of the reference: each is a diagnosis for the learner and a test of the hidden tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path


class MistakeProblem(Exception):  # noqa: N818 - content has problems; the program has errors
    """A mistake that cannot be built from the reference as it stands."""


@dataclass(frozen=True)
class WrongSolution:
    """One known mistake (or several at once) as the source of a whole implementation."""

    ids: tuple[str, ...]
    source: str


def build(reference: str, mistake: dict[str, object], folder: Path) -> WrongSolution:
    """The source of the reference with one mistake in it.

    Args:
        mistake: `id` and either `swap` (old text → new text) or `file`.
        folder: where `file` lies.

    Raises:
        MistakeProblem: a swap's text does not occur exactly once, the file cannot be read, or the result
            does not compile.
    """
    identifier = str(mistake["id"])
    file, swaps = mistake.get("file"), mistake.get("swap")
    if file:
        try:
            text = (folder / str(file)).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise MistakeProblem(
                f"the file {file} of mistake '{identifier}' cannot be read ({error})"
            ) from error
    elif isinstance(swaps, dict):
        text = _swap(reference, swaps, identifier)
    else:
        raise MistakeProblem(f"mistake '{identifier}' has neither swap nor file")
    return WrongSolution((identifier,), _compiled(text, identifier))


def pairs(reference: str, mistakes: list[dict[str, object]]) -> Iterator[WrongSolution]:
    """Every two mistakes that can be in one file together, made as they are asked for."""
    for first, second in combinations([mistake for mistake in mistakes if mistake.get("swap")], 2):
        try:
            source = reference
            for mistake in (first, second):
                assert isinstance(mistake["swap"], dict)
                source = _swap(source, mistake["swap"], str(mistake["id"]))
            ids = (str(first["id"]), str(second["id"]))
            yield WrongSolution(ids, _compiled(source, "+".join(ids)))
        except MistakeProblem:
            continue


def _swap(source: str, swaps: dict[str, str], identifier: str) -> str:
    for old, new in swaps.items():
        count = source.count(old)
        if count != 1:
            raise MistakeProblem(
                f"the text {old!r} of mistake '{identifier}' occurs {count} times in the reference, not once"
            )
        source = source.replace(old, new or "")
    return source


def _compiled(source: str, identifier: str) -> str:
    try:
        compile(source, identifier, "exec")
    except SyntaxError as error:
        raise MistakeProblem(
            f"mistake '{identifier}' does not compile (line {error.lineno}: {error.msg})"
        ) from error
    return source
