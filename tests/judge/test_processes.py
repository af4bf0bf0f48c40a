"""The judge's own processes: none stays, none leaks, none is fooled by the learner's folder, any may die."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import pytest

import llmprep
from llmprep.judge.client import Judge, JudgeProblem, Limits
from llmprep.judge.verdict import as_record

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
RIGHT = b"def scale(x):\n    return x * 2\n"
WRONG = b"def scale(x):\n    return x * 3\n"


def children_of(pid: int) -> list[int]:
    """All living descendants."""
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in path.read_text().split():
            found += [int(child), *children_of(int(child))]
    return found


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@linux
def test_fifty_grades_leave_nothing_behind(scale, home):
    with Judge(hidden=(home,)) as judge:
        judge.grade(scale, RIGHT, "answer.py")
        judge.prepare(scale)
        before = (descriptors(), len(children_of(os.getpid())))
        for number in range(50):
            verdict = judge.grade(scale, (RIGHT, WRONG, b"import os\nos._exit(1)\n")[number % 3], "answer.py")
            assert verdict.passed == (number % 3 == 0)
        judge.prepare(scale)
        assert (descriptors(), len(children_of(os.getpid()))) == before


@linux
def test_nothing_lives_or_lies_about_after_the_judge_is_closed(scale, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = children_of(os.getpid())
    with Judge() as judge:
        judge.grade(
            scale,
            b"import threading, time\nthreading.Thread(target=time.sleep, args=(99,)).start()\n" + RIGHT,
            "a.py",
        )
        judge.prepare(scale)
        assert len(children_of(os.getpid())) == len(before) + 3
        assert len(list(tmp_path.glob("llmprep-judge-*"))) == 1
    assert children_of(os.getpid()) == before
    assert list(tmp_path.glob("llmprep-judge-*")) == []


def test_closing_before_torch_is_imported_does_not_wait_for_it():
    judge = Judge()
    judge.start()
    judge.close()
    judge.close()


def test_a_closed_judge_starts_again_when_asked(scale):
    judge = Judge()
    for _ in range(2):
        assert judge.grade(scale, RIGHT, "answer.py").passed
        judge.close()


PROGRAM = """
import sys
from pathlib import Path
from llmprep.judge.client import DrillFiles, Judge

folder = Path(sys.argv[1])
drill = DrillFiles("small", folder / "drills/small", folder / "solutions/small", (), ())
"""


def program(folder: Path, body: str) -> list[str]:
    """The command of a program of its own that judges with the small drill in `folder`."""
    path = folder / "scripts" / "program.py"
    path.parent.mkdir()
    path.write_text(PROGRAM + textwrap.dedent(body))
    return [sys.executable, str(path), str(folder)]


def surroundings(backend: str) -> dict[str, str]:
    package_parent = str(Path(llmprep.__file__).resolve().parents[1])
    return {**os.environ, "LLMPREP_JUDGE": backend, "PYTHONPATH": package_parent}


@linux
@pytest.mark.parametrize("backend", ["fork", "spare"])
def test_nothing_survives_the_death_of_the_program(backend, scale, tmp_path):
    body = """
    judge = Judge()
    judge.prepare(drill)
    print("ready", flush=True)
    judge.grade(drill, b"while True: pass\\n", "answer.py")
    """
    process = subprocess.Popen(program(tmp_path, body), stdout=subprocess.PIPE, env=surroundings(backend))
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    family = children_of(process.pid)
    assert len(family) >= 3
    watched = [os.pidfd_open(pid) for pid in family]
    process.kill()
    process.wait()
    process.stdout.close()
    for descriptor in watched:
        assert _ended(descriptor)
        os.close(descriptor)


def _ended(descriptor: int) -> bool:
    """Wait until the process behind a pidfd has ended; False after a time that no honest one takes."""
    import select

    return bool(select.select([descriptor], [], [], 30.0)[0])


@linux
def test_a_zygote_that_dies_is_replaced(scale):
    others = children_of(os.getpid())
    with Judge() as judge:
        assert judge.grade(scale, RIGHT, "answer.py").passed
        judge.prepare(scale)
        zygote = min(set(children_of(os.getpid())) - set(others), key=_started)
        prepared = [os.pidfd_open(pid) for pid in children_of(zygote)]
        os.kill(zygote, signal.SIGKILL)
        for descriptor in prepared:  # they end with it, but not before the kernel has seen to it
            assert _ended(descriptor)
            os.close(descriptor)
        with pytest.raises(JudgeProblem):
            judge.grade(scale, RIGHT, "answer.py")
        assert judge.grade(scale, RIGHT, "answer.py").passed
        assert judge.grade(scale, WRONG, "answer.py").diagnosis is not None


def _started(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19])


@pytest.mark.parametrize("backend", ["fork", "spare"])
def test_files_in_the_working_directory_never_shadow_modules(backend, scale, tmp_path):
    practice = tmp_path / "practice"
    practice.mkdir()
    for module in (
        "random",
        "torch",
        "json",
        "numpy",
        "llmprep",
        "attention",
        "sitecustomize",
        "safetensors",
    ):
        text = f"open({str(tmp_path / 'imported')!r}, 'w')\nraise SystemExit('shadowed')\n"
        (practice / f"{module}.py").write_text(text)
    body = """
    source = b"import random, torch, json, numpy\\ndef scale(x):\\n    return x * 2\\n"
    with Judge() as judge:
        print(judge.grade(drill, source, "answer.py").passed)
    """
    command, environment = program(tmp_path, body), surroundings(backend)
    done = subprocess.run(command, cwd=practice, env=environment, capture_output=True, text=True, check=False)
    assert done.stdout == "True\n", done.stderr
    assert not (tmp_path / "imported").exists()


@pytest.fixture
def broken_torch(tmp_path: Path) -> Path:
    """A folder whose `torch` cannot be imported."""
    folder = tmp_path / "broken"
    (folder / "torch").mkdir(parents=True)
    (folder / "torch" / "__init__.py").write_text(
        "raise ImportError('libtorch_cpu.so: cannot open shared object file')\n"
    )
    return folder


@pytest.mark.parametrize("backend", ["fork", "spare"])
def test_a_broken_torch_is_told_in_one_sentence(backend, broken_torch, scale, monkeypatch):
    monkeypatch.setenv("LLMPREP_JUDGE", backend)
    monkeypatch.syspath_prepend(broken_torch)
    with Judge() as judge, pytest.raises(JudgeProblem) as caught:
        judge.grade(scale, RIGHT, "answer.py")
    said = str(caught.value)
    assert "libtorch_cpu.so: cannot open shared object file" in said
    assert "\n" not in said


@pytest.mark.parametrize("backend", ["fork", "spare"])
def test_a_torch_that_kills_python_is_told_too(backend, broken_torch, scale, monkeypatch):
    monkeypatch.setenv("LLMPREP_JUDGE", backend)
    monkeypatch.syspath_prepend(broken_torch)
    (broken_torch / "torch" / "__init__.py").write_text("import os\nos.abort()\n")
    with Judge() as judge, pytest.raises(JudgeProblem, match="signal 6"):
        judge.grade(scale, RIGHT, "answer.py")


def test_the_portable_backend_gives_the_same_verdicts(attention, right, judge, monkeypatch):
    sources = [
        right,
        right.replace(" / math.sqrt(q.size(-1))", ""),
        "def attention(q, k, v):\n    return q\n",
        "import os\nos._exit(3)\n",
    ]
    expected = [judge.grade(attention, source.encode(), "answer.py", seed=5) for source in sources]
    monkeypatch.setenv("LLMPREP_JUDGE", "spare")
    with Judge() as portable:
        for source, verdict in zip(sources, expected, strict=True):
            other = portable.grade(attention, source.encode(), "answer.py", seed=5)
            assert json.dumps({**as_record(other), "seconds": 0}) == json.dumps(
                {**as_record(verdict), "seconds": 0}
            )


def test_the_portable_backend_ends_what_never_ends(scale, monkeypatch):
    monkeypatch.setenv("LLMPREP_JUDGE", "spare")
    with Judge(limits=Limits(run=0.6, grade=3.0)) as portable:
        first = portable.grade(scale, b"while True: pass\n", "answer.py").first_failure
        assert first is not None
        assert first.problem == "timeout"
        assert portable.grade(scale, RIGHT, "answer.py").passed


def test_a_prepared_pair_is_used_and_another_drill_discards_it(scale, attention, right, judge):
    judge.prepare(scale, seed=3)
    judge.prepare(scale)
    assert judge.grade(scale, RIGHT, "answer.py").seed == 3
    judge.prepare(scale, seed=4)
    assert judge.grade(attention, right.encode(), "answer.py", seed=5).seed == 5


def test_two_threads_may_ask_at_once(scale, judge):
    import threading

    verdicts: list[bool] = []
    threads = [
        threading.Thread(
            target=lambda source=source: verdicts.append(judge.grade(scale, source, "answer.py").passed)
        )
        for source in (RIGHT, WRONG, RIGHT, WRONG)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(verdicts) == [False, False, True, True]


def test_a_judge_started_on_a_thread_that_ends_goes_on(scale):
    import threading

    with Judge() as judge:
        thread = threading.Thread(target=lambda: judge.prepare(scale))
        thread.start()
        thread.join()
        assert judge.grade(scale, RIGHT, "answer.py").passed


def test_a_file_too_large_for_anything_is_refused(scale, grade):
    verdict = grade(scale, b"#" * (200 << 20))
    assert verdict.first_failure is not None
    assert verdict.first_failure.problem == "memory"


@linux
def test_an_answer_that_comes_too_late_is_not_taken_for_the_next(monkeypatch):
    from llmprep.judge import forks

    monkeypatch.setattr(forks, "START_SECONDS", 0.05)  # shorter than any import of torch
    zygote = forks.Zygote([])
    try:
        with pytest.raises(JudgeProblem, match="does not answer"):
            zygote.child("worker")
        zygote._control.settimeout(120)
        child = zygote.child("worker")
        assert child._pid in children_of(os.getpid())
        assert child.end() is None
        assert child._pid not in children_of(os.getpid())
    finally:
        zygote.close()
