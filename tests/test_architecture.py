"""The rooms of the house: who may import whom, what starting costs, how large a module grows."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import llmprep

PACKAGE = Path(llmprep.__file__).parent
ROOMS = ("cli", "ui", "practice", "judge", "memory", "calc", "content")
"""From the top to the bottom: a room imports from rooms below it."""
LONGEST_MODULE = 400
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "_content" not in path.parts)


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def room_of(path: Path) -> str | None:
    """The room of a file; None for `llmprep/__init__.py` and `__main__.py`."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else None


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Every import of a module, those inside functions and under TYPE_CHECKING, too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}:{node.lineno}: a relative import"
            assert node.module is not None
            yield node.lineno, node.module
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"


def rooms_imported(path: Path) -> set[tuple[int, str]]:
    names = ((line, name.split(".")) for line, name in imported(path))
    return {(line, parts[1]) for line, parts in names if parts[0] == "llmprep" and len(parts) > 1}


def test_every_module_stands_in_a_room() -> None:
    assert {room_of(path) for path in MODULES} == {None, *ROOMS}


@pytest.mark.parametrize("path", [path for path in MODULES if room_of(path)], ids=name_of)
def test_a_room_imports_only_from_rooms_below(path: Path) -> None:
    room = room_of(path)
    assert room is not None
    allowed = {room, *ROOMS[ROOMS.index(room) + 1 :], "__version__"}
    upwards = [(line, other) for line, other in rooms_imported(path) if other not in allowed]
    assert upwards == []


@pytest.mark.parametrize("library", ["torch", "safetensors"])
def test_only_the_judge_uses_pytorch(library: str) -> None:
    users = {
        room_of(path) for path in MODULES for _, name in imported(path) if name.partition(".")[0] == library
    }
    assert users == {"judge"}


@pytest.mark.parametrize(
    ("library", "rooms"),
    [
        ("typer", {"cli"}),
        ("rich", {"cli", "ui"}),
        ("prompt_toolkit", {"ui"}),
        ("fsrs", {"memory"}),
        ("pydantic", {"content"}),
        ("yaml", {"content"}),
    ],
)
def test_a_library_is_used_where_it_belongs(library: str, rooms: set[str]) -> None:
    users = {
        room_of(path) for path in MODULES for _, name in imported(path) if name.partition(".")[0] == library
    }
    assert users <= rooms and users


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_is_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    odds = {"utils.py", "util.py", "helpers.py", "helper.py", "common.py", "misc.py"}
    assert [name_of(path) for path in MODULES if path.name in odds] == []


def loaded_by(program: str) -> set[str]:
    """The modules loaded once `program` has run in a Python of its own."""
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport sys; print(*sorted(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
        cwd=PACKAGE.parent,
    )
    return set(done.stdout.splitlines()[-1].split())


HEAVY = {"torch", "safetensors", "fsrs", "prompt_toolkit", "sqlite3", "yaml", "watchfiles", "pylatexenc"}


def test_the_command_line_loads_nothing_heavy() -> None:
    loaded = loaded_by("import llmprep.cli.main")
    assert "llmprep.cli.main" in loaded
    assert loaded & (HEAVY | {"llmprep.content.validate", "llmprep.content.yaml_source"}) == set()


def test_asking_for_help_loads_nothing_heavy() -> None:
    program = (
        "import sys; sys.argv = ['llmprep', '--help']\n"
        "from llmprep.cli.main import run\n"
        "try: run()\n"
        "except SystemExit: pass"
    )
    loaded = loaded_by(program)
    assert "llmprep.cli.main" in loaded
    assert loaded & HEAVY == set()


def test_a_compiled_catalogue_is_opened_without_a_parser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = tmp_path / "content" / "questions" / "topic.yaml"
    bank.parent.mkdir(parents=True)
    bank.write_text("title: {en: Topic, zh: 主题}\nquestions: []\n", encoding="utf-8")
    monkeypatch.setenv("LLMPREP_CONTENT", str(tmp_path / "content"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    program = (
        "from llmprep.content.catalogue import Catalogue\n"
        "assert Catalogue.open().place('topic', 'topic').title.zh == '主题'"
    )
    first, second = loaded_by(program), loaded_by(program)
    assert {"yaml", "pydantic"} <= first
    assert second & {"yaml", "pydantic", "llmprep.content.library", "torch"} == set()
