"""What the room costs at start-up, and what it leans on."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import llmprep.memory

ROOM = Path(llmprep.memory.__file__).parent
FILES = sorted(ROOM.glob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_leans_on_the_standard_library_fsrs_and_content_alone(file: Path) -> None:
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module
            names.add(node.module)
    foreign = {name for name in names if name.partition(".")[0] not in sys.stdlib_module_names}
    assert {
        name for name in foreign if not name.startswith(("llmprep.memory", "llmprep.content", "fsrs"))
    } == set()


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    modules = ", ".join(f"llmprep.memory.{file.stem}" for file in FILES if file.stem != "__init__")
    program = f"import sys, {modules}; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "llmprep.memory.store" in loaded
    assert loaded & {"sqlite3", "fsrs", "tomllib", "uuid", "torch", "pydantic", "typing_extensions"} == set()


def test_reading_the_settings_and_the_schedule_needs_no_fsrs(home: Path) -> None:
    program = (
        "import sys; from llmprep.memory.settings import load_settings\n"
        "from llmprep.memory.store import open_store\n"
        "with open_store(load_settings()) as store: store.due('', store.clock.now()); store.counts()\n"
        "print(*sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "sqlite3" in loaded
    assert loaded & {"fsrs", "torch", "pydantic"} == set()
