"""Sixty columns, a dumb terminal, no colour, ASCII only: everything is still there, nothing breaks a line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

COMMANDS = (
    "", "quiz", "quiz --list", "drill --list", "drill softmax", "path", "explain transformer",
    "explain --list", "explain zero --pictures", "calc kv llama-2-7b", "compare",
    "compare llama-2-7b qwen2-7b deepseek-v2", "tree", "tree gpt-1", "read --plan", "read lora",
    "search 注意力 缩放", "stats", "plan --until 2026-12-20", "config", "interview --plan --seed 1",
)  # fmt: skip
NARROW = 60
FOREIGN = ("LLMPREP_", "LC_", "PYTHONIO")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)},
        "HOME": str(tmp_path), "LLMPREP_HOME": str(tmp_path / "home"), "LLMPREP_NOW": "2026-11-22T20:00",
        "COLUMNS": str(NARROW), "LANG": "C.UTF-8",
        "XDG_CACHE_HOME": str(Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")),
    }  # fmt: skip


def run(command: str, environment: dict[str, str], encoding: str) -> str:
    program = str(Path(sys.executable).with_name("llmprep"))
    done = subprocess.run([program, *command.split()], env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    assert b"Traceback" not in done.stderr
    assert done.stdout
    return done.stdout.decode(encoding)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("command", COMMANDS)
def test_sixty_columns(command: str, language: str, environment: dict[str, str]) -> None:
    told = run(command, {**environment, "LLMPREP_LANG": language}, "utf-8")
    if command in ("config", "interview --plan --seed 1"):
        return  # values and JSON have the length they have
    wide = [line for line in told.splitlines() if cell_len(line.rstrip()) > NARROW and "/" not in line]
    assert wide == []


@pytest.mark.parametrize("command", COMMANDS)
def test_a_dumb_terminal_that_knows_ascii_alone(command: str, environment: dict[str, str]) -> None:
    told = run(
        command, {**environment, "TERM": "dumb", "NO_COLOR": "1", "PYTHONIOENCODING": "ascii"}, "ascii"
    )
    assert "\x1b" not in told
