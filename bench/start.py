"""How soon the program is there: --help, the first question on a terminal, and the same with 50,000 questions."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.timing import interleaved, report
from llmprep.content.locate import content_root

MANY = 50_000
PER_BANK = 1_000
MARKER = b"q quit"


def run(runs: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        many = generated_content(Path(folder) / "many", MANY)
        few_env, many_env = _environment(Path(folder) / "a", None), _environment(Path(folder) / "b", many)
        llmprep = [str(Path(sys.executable).with_name("llmprep"))]
        print("compiling the generated questions once …")
        _first_question(llmprep, many_env)()
        things: dict[str, Callable[[], None]] = {
            "python -c 'import typer, rich.console'": _plain(
                [sys.executable, "-c", "import typer, rich.console"], few_env
            ),
            "llmprep --help": _plain([*llmprep, "--help"], few_env),
            "first question": _first_question(llmprep, few_env),
            f"first question of {MANY:,}": _first_question(llmprep, many_env),
        }
        medians = interleaved(things, runs)
        base = "python -c 'import typer, rich.console'"
        report(medians, base, {"llmprep --help": 1.5, "first question": 2.5})
        report(
            {name: medians[name] for name in ("first question", f"first question of {MANY:,}")},
            "first question",
            {f"first question of {MANY:,}": 1.2},
        )


def generated_content(root: Path, count: int) -> Path:
    """A copy of the content with `count` further questions in banks of a thousand."""
    for name in ("questions", "papers", "models", "drills", "solutions"):
        shutil.copytree(content_root() / name, root / name)
    for bank in range(count // PER_BANK):
        lines = [f"title: {{en: Generated {bank}, zh: 生成 {bank}}}", "questions:"]
        for number in range(PER_BANK):
            lines += [
                f"  - id: generated-{bank}-{number}",
                f"    ask: {{en: Question {number} of bank {bank}?, zh: 第 {bank} 组第 {number} 题？}}",
                "    level: 3",
                "    points: [{en: a point, zh: 要点, any: [phrase]}]",
                "    answer: {en: An answer., zh: 回答。}",
                "    source: transformer §1",
            ]
        (root / "questions" / f"zz-generated-{bank:03}.yaml").write_text(
            "\n".join(lines) + "\n", encoding="utf-8"
        )
    return root


def _environment(home: Path, content: Path | None) -> dict[str, str]:
    home.mkdir()
    environment = {
        **os.environ,
        "LLMPREP_HOME": str(home / "home"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "TERM": "xterm",
    }
    environment.pop("LLMPREP_CONTENT", None)
    if content is not None:
        environment["LLMPREP_CONTENT"] = str(content)
    return environment


def _plain(command: list[str], environment: dict[str, str]) -> Callable[[], None]:
    return lambda: subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True) and None


def _first_question(llmprep: list[str], environment: dict[str, str]) -> Callable[[], None]:
    """From start to the keys below the first question, on a pseudo-terminal."""

    def measure() -> None:
        pid, descriptor = pty.fork()
        if pid == 0:
            os.execve(llmprep[0], [*llmprep, "--lang", "en", "quiz", "--seed", "1"], environment)
        seen = b""
        while MARKER not in seen:
            seen += os.read(descriptor, 65536)
        os.kill(pid, 9)
        os.waitpid(pid, 0)
        os.close(descriptor)

    return measure
