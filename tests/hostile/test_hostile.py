"""Candidates that try to pass unsolved, or to do harm: none passes, none gets out, each ends in a sentence.

The files lie in `candidates/`; `expectations.tsv` says how each ends. Words such as @REFERENCE@ in them are
filled in here, so that they know more about the judge than any real candidate could.
"""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import socket
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from llmprep.content.library import load_unit
from llmprep.content.locate import content_root
from llmprep.judge.client import DrillFiles, Judge, Limits
from llmprep.judge.verdict import Verdict
from llmprep.ui import verdict_words

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the walls are Linux's")

HERE = Path(__file__).parent
CANDIDATES = sorted(path.name for path in (HERE / "candidates").glob("*.py"))
HONEST = sorted(path.name for path in (HERE / "honest").glob("*.py"))
LIMITS = Limits(run=1.5, grade=4.0)
LONGEST_SENTENCE = 2000

UNWRITTEN = b"\n\ndef attention(q, k, v, mask=None):\n    return q.new_zeros(*q.shape[:-1], v.size(-1))\n"
GENERATED = {
    "a line of a megabyte": b"value = [" + b"0, " * 350_000 + b"]" + UNWRITTEN,
    "a string of a megabyte": b"value = '" + b"x" * (1 << 20) + b"'\nvalue()" + UNWRITTEN,
    "four megabytes of noise": bytes(range(1, 256)) * (1 << 14),
    "ten megabytes": b"#" * (10 << 20) + UNWRITTEN,
}
"""Files too large to lie in a folder."""


def expectations() -> dict[str, tuple[str, frozenset[str]]]:
    """Family and possible problems of each candidate."""
    with (HERE / "expectations.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return {row["candidate"]: (row["family"], frozenset(row["ends"].split())) for row in rows}


# ------------------------------------------------------------------ fixtures


@dataclass
class Surroundings:
    """What a candidate could harm, and who would hear of it."""

    home: Path
    outside: Path
    sockets: Path
    listeners: list[socket.socket]
    signals: list[int] = field(default_factory=list)

    def marks(self) -> dict[str, tuple[object, ...]]:
        """Every file and folder: mode, owner, modification time, content."""
        found: dict[str, tuple[object, ...]] = {}
        for root in (self.home, self.outside):
            for path in (root, *sorted(root.rglob("*"))):
                status = path.lstat()
                content = path.read_bytes() if path.is_file() else b""
                found[str(path)] = (
                    status.st_mode,
                    status.st_uid,
                    status.st_mtime_ns,
                    content,
                    *os.listxattr(path),
                )
        for kind in ("shm", "sem", "msg"):  # memory that outlives its process
            found[kind] = (len(Path(f"/proc/sysvipc/{kind}").read_text().splitlines()),)
        found["priority"] = (os.getpriority(os.PRIO_PROCESS, 0), os.sched_getaffinity(0))
        return found

    def heard(self) -> list[str]:
        """What arrived on any listening socket."""
        arrived = []
        for listener in self.listeners:
            try:
                arrived.append(f"{listener.getsockname()}: {_taken(listener)!r}")
            except BlockingIOError:
                continue
        return arrived


@pytest.fixture(scope="module")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Surroundings]:
    home, outside = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("outside")
    sockets = tmp_path_factory.mktemp("s")
    for folder in (home, outside):
        (folder / "canary").write_text("unharmed")
    (home / "practice").mkdir()
    (home / "practice" / "softmax.py").write_text("def attention(*arguments): ...\n")
    listeners = [
        _listening(socket.AF_UNIX, socket.SOCK_STREAM, str(sockets / "stream")),
        _listening(socket.AF_UNIX, socket.SOCK_DGRAM, str(sockets / "datagram")),
        _listening(socket.AF_UNIX, socket.SOCK_DGRAM, f"\0llmprep-{os.getpid()}"),
        _listening(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0)),
    ]
    port = listeners[-1].getsockname()[1]
    listeners.append(_listening(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", port)))
    there = Surroundings(home, outside, sockets, listeners)
    before = {
        number: signal.signal(number, lambda received, _: there.signals.append(received))
        for number in (signal.SIGUSR1, signal.SIGUSR2, signal.SIGIO)
    }
    yield there
    for number, handler in before.items():
        signal.signal(number, handler)
    for listener in listeners:
        listener.close()


@pytest.fixture(scope="module")
def drill() -> DrillFiles:
    root = content_root()
    item = load_unit(root / "drills" / "attention" / "drill.yaml").entries[0].item
    mistakes = load_unit(root / "solutions" / "attention" / "mistakes.yaml").entries
    return DrillFiles.of(root, "attention", item, tuple(entry.item for entry in mistakes))


@pytest.fixture(scope="module")
def judge(surroundings: Surroundings, drill: DrillFiles) -> Iterator[Judge]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("HOME", str(surroundings.home))
        with Judge(hidden=(content_root(), surroundings.home), limits=LIMITS) as judge:
            judge.prepare(drill)
            yield judge


# --------------------------------------------------------------------- tests


def test_every_candidate_is_expected():
    assert sorted(expectations()) == CANDIDATES
    assert len(CANDIDATES) >= 45
    assert len(HONEST) >= 12


@pytest.mark.parametrize("name", CANDIDATES)
def test_hostile(name: str, judge: Judge, drill: DrillFiles, surroundings: Surroundings):
    judge.prepare(drill)
    zygote, waiting = processes(surroundings)
    before = surroundings.marks()
    source = filled((HERE / "candidates" / name).read_bytes(), surroundings, zygote, waiting)

    verdict = judge.grade(drill, source, name)

    _, ends = expectations()[name]
    assert not verdict.passed
    assert verdict.first_failure is not None
    assert verdict.first_failure.problem in ends, verdict.first_failure
    require_sentences(verdict)
    assert surroundings.marks() == before
    assert surroundings.heard() == []
    assert surroundings.signals == []
    judge.prepare(drill)
    now, fresh = processes(surroundings)
    assert list(scratch_of(zygote).iterdir()) == []
    assert now == zygote, "the zygote was ended"
    assert len(fresh) == 2 and not set(fresh) & set(waiting), "something survived its grade"
    assert judge.grade(drill, honest(HONEST[0]), HONEST[0]).passed


@pytest.mark.parametrize("name", GENERATED)
def test_files_that_are_too_large_to_be_meant(name: str, judge: Judge, drill: DrillFiles):
    verdict = judge.grade(drill, GENERATED[name], "large.py")
    assert not verdict.passed
    require_sentences(verdict)
    assert judge.grade(drill, honest(HONEST[0]), HONEST[0]).passed


@pytest.mark.parametrize("name", HONEST)
def test_honest(name: str, judge: Judge, drill: DrillFiles):
    verdict = judge.grade(drill, honest(name), name)
    assert verdict.passed, verdict.first_failure


# ------------------------------------------------------------------- helpers


def honest(name: str) -> bytes:
    return (HERE / "honest" / name).read_bytes()


def filled(source: bytes, there: Surroundings, zygote: int, waiting: list[int]) -> bytes:
    """The candidate with the names of everything that it would like to reach."""
    solutions = content_root() / "solutions"
    words = {
        "REFERENCE": solutions / "attention" / "reference.py",
        "SOLUTIONS": solutions,
        "ROOT": content_root(),
        "HOME": there.home,
        "OUTSIDE": there.outside,
        "STREAM": there.sockets / "stream",
        "DATAGRAM": there.sockets / "datagram",
        "ABSTRACT": f"llmprep-{os.getpid()}",
        "PORT": there.listeners[-1].getsockname()[1],
        "PYTEST": os.getpid(),
        "ZYGOTE": zygote,
        "REFEREE": min(waiting),
    }
    for word, value in words.items():
        source = source.replace(f"@{word}@".encode(), str(value).encode())
    return source


def require_sentences(verdict: Verdict) -> None:
    """Every failure is told in both languages in one short sentence that is safe to print."""
    for outcome in verdict.outcomes:
        for language in ("en", "zh"):
            said = verdict_words.message(outcome, language)
            assert bool(said) != outcome.passed
            require_plain(said)
            assert len(said) <= LONGEST_SENTENCE, f"{len(said)} characters"
            assert said.count("\n") <= 1, "more lines than the sentence and the tensors"
    require_plain(verdict.printed)


def require_plain(text: str) -> None:
    """Nothing in it moves a cursor, reverses text, or hides."""
    bad = {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") and c not in "\n\t"}
    assert not bad, [f"U+{ord(c):04X}" for c in bad]


def processes(there: Surroundings) -> tuple[int, list[int]]:
    """The zygote of this test's judge, and every other process of the judge's, found in /proc.

    A fork keeps the command line of the zygote, which names the hidden folder.
    """
    mark = str(there.home).encode()
    ours: list[int] = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and mark in _read(folder / "cmdline") and not _is_dead(folder):
            ours.append(int(folder.name))
    zygotes = [pid for pid in ours if _parent(pid) == os.getpid()]
    assert len(zygotes) == 1, ours
    return zygotes[0], sorted(set(ours) - set(zygotes))


def scratch_of(zygote: int) -> Path:
    """The folder that its workers may write in, from the zygote's command line."""
    arguments = json.loads(_read(Path(f"/proc/{zygote}/cmdline")).rstrip(b"\0").rpartition(b"\0")[2])
    return Path(arguments["scratch"]) / "worker"


def _parent(pid: int) -> int:
    found = re.search(rb"^PPid:\s+(\d+)", _read(Path(f"/proc/{pid}/status")), re.MULTILINE)
    return int(found[1]) if found else 0


def _is_dead(folder: Path) -> bool:
    return b"\nState:\tZ" in _read(folder / "status")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # it ended meanwhile
        return b""


def _listening(family: int, kind: int, address: object) -> socket.socket:
    listener = socket.socket(family, kind)
    listener.setblocking(False)
    listener.bind(address)
    if kind == socket.SOCK_STREAM:
        listener.listen()
    return listener


def _taken(listener: socket.socket) -> object:
    return listener.accept()[1] if listener.type == socket.SOCK_STREAM else listener.recv(100)
