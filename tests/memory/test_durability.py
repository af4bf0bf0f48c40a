"""An answered question is never lost: killed, crowded out, or with nowhere to write."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from llmprep.memory.problems import MemoryProblem
from llmprep.memory.settings import Settings
from llmprep.memory.store import Store, open_store

PROLOGUE = """
import os, signal, sys
from llmprep.memory.settings import Settings
from llmprep.memory.store import open_store
store = open_store(Settings())
def die(): os.kill(os.getpid(), signal.SIGKILL)
"""
ANSWER_THEN_DIE = "store.record_review('question/b', 1, 3, {'answer': '方差'}); die()"
DIE_BEFORE_COMMIT = """
store._connection.set_trace_callback(lambda query: die() if query == 'COMMIT' else None)
store.record_review('question/b', 1, 3, {'answer': '方差'})
"""
ANSWER_FOR_EVER = """
number = 0
while True:
    store.record_review(f'question/{number}', 1, 3, {'answer': '方差' * number})
    print(number, flush=True)
    number += 1
"""
ANSWER_FIFTY = """
sys.stdin.readline()
for number in range(50):
    store.record_review(f'question/{sys.argv[1]}', 1, 3, {})
    if number % 5 == 0:
        store.record_review(f'question/{sys.argv[1]}', 1, 1, {})
        assert store.undo_last(f'question/{sys.argv[1]}') is not None
"""
OPEN_TOGETHER = """
store.close()
print("ready", flush=True)
os.environ["LLMPREP_HOME"] = sys.stdin.readline().strip()
with open_store(Settings()) as store:
    store.record_review(f'question/{sys.argv[1]}', 1, 3, {})
"""


def program(text: str, *arguments: str) -> subprocess.Popen[str]:
    """A real other program with the same learner."""
    command = [sys.executable, "-c", PROLOGUE + text, *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def assert_sound(store: Store) -> None:
    """Nothing is damaged, and the schedule is what the log says."""
    assert store.check() == []
    cards = store._connection.execute("SELECT * FROM cards").fetchall()
    assert store.rebuild() == len(cards)
    assert store._connection.execute("SELECT * FROM cards").fetchall() == cards


@pytest.mark.parametrize(("text", "kept"), [(ANSWER_THEN_DIE, True), (DIE_BEFORE_COMMIT, False)])
def test_killed_after_and_before_the_commit(store: Store, text: str, kept: bool) -> None:
    store.record_review("question/a", 1, 3, {})
    store.close()
    with program(text) as killed:
        killed.communicate()
    assert killed.returncode == -signal.SIGKILL
    with open_store(Settings()) as again:
        assert again.seen() == ({"question/a", "question/b"} if kept else {"question/a"})
        last = again.last_review()
        assert last is not None and last.payload == ({"answer": "方差"} if kept else {})
        assert_sound(again)


def test_killed_at_any_moment(store: Store) -> None:
    """Again and again, without choosing the moment: what the program has reported is there."""
    store.close()
    for answers in (1, 2, 7, 20):
        with program(ANSWER_FOR_EVER) as killed:
            assert killed.stdout is not None
            reported = [int(killed.stdout.readline()) for _ in range(answers)]
            killed.kill()
            reported += map(int, killed.stdout.read().split())
        with open_store(Settings()) as again:
            assert {f"question/{number}" for number in reported} <= again.seen()
            assert_sound(again)


def test_two_programs_at_once(store: Store) -> None:
    programs = [program(ANSWER_FIFTY, "same"), program(ANSWER_FIFTY, "same"), program(ANSWER_FIFTY, "other")]
    for each in programs:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    for number in range(20):
        store.record_review("question/mine", 1, 3, {"number": number})
    for each in programs:
        each.communicate()
        assert each.returncode == 0
    reps = {card: state.reps for card in store.seen() if (state := store.state(card)) is not None}
    assert reps == {"question/same": 100, "question/other": 50, "question/mine": 20}
    assert_sound(store)


def test_two_programs_make_the_database_at_once(home: Path) -> None:
    for attempt in range(5):
        programs = [program(OPEN_TOGETHER, name) for name in ("a", "b", "c")]
        for each in programs:
            assert each.stdout is not None and each.stdout.readline() == "ready\n"
        fresh = home.parent / f"home-{attempt}"
        for each in programs:
            assert each.stdin is not None
            each.stdin.write(f"{fresh}\n")
            each.stdin.flush()
        for each in programs:
            each.communicate()
        assert [each.returncode for each in programs] == [0, 0, 0]
        with open_store(Settings(), fresh / "progress.db") as store:
            assert store.seen() == {"question/a", "question/b", "question/c"}


def test_a_program_that_never_lets_go_is_a_problem(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("llmprep.memory.database.BUSY_SECONDS", 0.05)
    store._connection.execute("BEGIN IMMEDIATE")
    with open_store(Settings()) as other:
        with pytest.raises(MemoryProblem) as caught:
            other.record_review("question/a", 1, 3, {})
        assert caught.value.kind == "database-busy"
        store._connection.execute("ROLLBACK")
        other.record_review("question/a", 1, 3, {})
        assert other.seen() == {"question/a"}


def test_a_writer_holds_the_database_from_its_first_read(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else two programs could undo the same review, or schedule from the same state."""
    monkeypatch.setattr("llmprep.memory.database.BUSY_SECONDS", 0.05)
    with open_store(Settings()) as other, store._writing():
        with pytest.raises(MemoryProblem) as caught:
            other.record_event("visit")
        assert caught.value.kind == "database-busy"


def test_where_a_write_ahead_log_is_refused_a_rollback_journal_serves(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Network file systems refuse it, and so does a program that is reading."""
    monkeypatch.setattr("llmprep.memory.database.BUSY_SECONDS", 0.05)
    store._connection.execute("PRAGMA journal_mode = DELETE")
    store._connection.execute("BEGIN")
    store._connection.execute("SELECT count(*) FROM events").fetchone()
    with open_store(Settings()) as other:
        assert other._connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        store._connection.execute("COMMIT")
        other.record_review("question/a", 1, 3, {})
    assert store.seen() == {"question/a"}


def test_a_full_database_loses_nothing_and_goes_on_when_there_is_room(store: Store) -> None:
    [(pages,)] = store._connection.execute("PRAGMA page_count")
    store._connection.execute(f"PRAGMA max_page_count = {pages + 3}")
    answered = 0
    with pytest.raises(MemoryProblem) as caught:
        for answered in range(1000):
            store.record_review(f"question/{answered}", 1, 3, {"answer": "方差" * 200})
    assert (caught.value.kind, caught.value.path) == ("disk-full", store.path)
    assert answered > 0
    assert store.seen() == {f"question/{number}" for number in range(answered)}
    store._connection.execute("PRAGMA max_page_count = 100000")
    store.record_review(f"question/{answered}", 1, 3, {})
    assert len(store.seen()) == answered + 1
    assert_sound(store)


def test_a_full_disk(tmp_path: Path) -> None:
    """A real one of 300 KB, where the system lets us mount it."""
    text = """
from llmprep.memory.problems import MemoryProblem
answered = 0
try:
    while True:
        store.record_review(f'question/{answered}', 1, 3, {'answer': 'x' * 500})
        answered += 1
except MemoryProblem as problem:
    assert problem.kind == 'disk-full', problem
store.close()
with open_store(Settings()) as again:
    assert len(again.seen()) == answered > 0
os.environ['LLMPREP_HOME'] += '/elsewhere'
try:
    open_store(Settings())
except MemoryProblem as problem:
    print(problem.kind)
"""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = 'mount -t tmpfs -o size=300k none "$LLMPREP_HOME"'
    unshare = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    environment = {**os.environ, "LLMPREP_HOME": str(disk)}
    if (
        not shutil.which("unshare")
        or subprocess.run([*unshare, mount], env=environment, check=False).returncode
    ):
        pytest.skip("needs a user namespace with its own mounts")
    command = [*unshare, f'{mount} && exec "$0" -c "$1"', sys.executable, PROLOGUE + text]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("disk-full\n", "")


@pytest.fixture
def read_only_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home with one answer that its owner, no administrator, may read and not write."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    monkeypatch.setenv("LLMPREP_HOME", str(folder))
    with open_store(Settings()) as store:
        store.record_review("question/a", 1, 3, {})
    administrator = os.geteuid() == 0
    for path, mode in ((folder / "progress.db", 0o444), (folder, 0o555)):
        path.chmod(mode)
        if administrator:
            os.chown(path, 65534, 65534)
    if administrator:
        os.seteuid(65534)
    yield folder
    if administrator:
        os.seteuid(0)
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_home_that_cannot_be_written(read_only_home: Path) -> None:
    before = (read_only_home / "progress.db").read_bytes()
    with pytest.raises(MemoryProblem) as caught:
        open_store(Settings())
    assert caught.value.kind == "home-unwritable"
    assert caught.value.path in (read_only_home, read_only_home / "progress.db")
    assert (read_only_home / "progress.db").read_bytes() == before


def test_a_database_that_cannot_be_written(store: Store, home: Path) -> None:
    store._connection.execute(
        "PRAGMA query_only = ON"
    )  # what SQLite says when the file system turns read-only
    with pytest.raises(MemoryProblem) as caught:
        store.record_review("question/a", 1, 3, {})
    assert (caught.value.kind, caught.value.path) == ("home-unwritable", home / "progress.db")
