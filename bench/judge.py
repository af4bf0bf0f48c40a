"""How soon a save is judged: warm against the probes' own compute, cold against importing torch."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.timing import interleaved, report
from llmprep.content.catalogue import Catalogue
from llmprep.judge.client import DrillFiles, Judge

DRILL = "attention"
_OWN_COMPUTE = """
import statistics, sys, time
from pathlib import Path
import torch
torch.set_num_threads(1)
from llmprep.judge.agreement import difference
from llmprep.judge.candidate import load
from llmprep.judge.runner import Runner, load_probes
probes, source, forbid = load_probes(Path(sys.argv[1])), Path(sys.argv[2]).read_bytes(), tuple(sys.argv[4:])
times, compared = [], []
for seed in range(int(sys.argv[3]) + 3):
    reference = Runner(probes, load(source, "reference.py", "reference"), "reference.py", seed)
    expected = {run.key: run for run in reference.runs()}
    runner = Runner(probes, load(source, "candidate.py", "candidate"), "candidate.py", seed, forbid)
    began = time.perf_counter()
    base = {key.probe: runner.run(key) for key in runner.keys()}
    runs = [*base.values(), *map(runner.run, runner.variations(base))]
    times.append(time.perf_counter() - began)
    for run in runs:
        difference(expected[run.key], run)
    compared.append(time.perf_counter() - began)
print(statistics.median(times[3:]), statistics.median(compared[3:]))
"""

_PYTEST = """
import sys
from pathlib import Path
import pytest, torch
torch.set_num_threads(1)
from llmprep.judge.candidate import load
from llmprep.judge.compare import compare
from llmprep.judge.runner import Runner, load_probes
from llmprep.judge.values import canonical
PROBES, REFERENCE, CANDIDATE = (Path(path) for path in {paths!r})
probes = load_probes(PROBES)
runners = [Runner(probes, load(path.read_bytes(), str(path), "m"), str(path), 1) for path in (REFERENCE, CANDIDATE)]
@pytest.mark.parametrize("probe", [probe.id for probe in probes])
def test_probe(probe):
    for runner in runners:
        runner.base = {{key.probe: runner.run(key) for key in runner.keys() if key.probe == probe}}
    keys = [*runners[0].base.values()]
    others = [key for key in runners[0].variations({{p.id: runners[0].base.get(p.id, keys[0]) for p in probes}}) if key.probe == probe]
    values = [[canonical(run.value) for run in [*r.base.values(), *map(r.run, others)]] for r in runners]
    assert all(compare(e, a) is None for e, a in zip(*values))
"""


def run(runs: int) -> None:
    """Measure and print."""
    catalogue = Catalogue.open()
    files = DrillFiles.of(catalogue.root, DRILL, catalogue.drill(DRILL), catalogue.mistakes(DRILL))
    right = (files.solution / "reference.py").read_bytes()
    wrong = right.replace(b" / math.sqrt(q.size(-1))", b"")
    compute, bare = _own_compute(files, runs)
    with Judge() as judge:
        passing, failing = _warm(judge, files, right, runs), _warm(judge, files, wrong, runs)
    print(f"{'the probes themselves, in one process':44} {compute * 1000:8.1f} ms")
    for name, seconds, goal in (
        ("save → verdict, passes", passing, 40),
        ("save → verdict, fails and is named", failing, 190),
    ):
        above = (seconds - compute) * 1000
        mark = "ok" if above <= goal else "MISSED"
        print(f"{name:44} {seconds * 1000:8.1f} ms  {above:+.1f} ms  goal ≤ +{goal} ms  {mark}")
    print(f"{'peer: in-process, without isolation':44} {bare * 1000:8.1f} ms  {bare / passing:.2f}× ours")
    _peer(files, runs, passing)
    _cold(files, runs)
    _every_drill(catalogue, max(runs // 3, 3))


def _every_drill(catalogue: Catalogue, runs: int) -> None:
    """How long each drill's passing save takes above its own compute."""
    above = {}
    with Judge() as judge:
        for listed in catalogue.listed("drill"):
            drill = catalogue.drill(listed.id)
            files = DrillFiles.of(catalogue.root, listed.id, drill, catalogue.mistakes(listed.id))
            right = (files.solution / "reference.py").read_bytes()
            above[listed.id] = _warm(judge, files, right, runs) - _own_compute(files, runs)[0]
    order = sorted(above, key=above.__getitem__)
    median, slowest = order[len(order) // 2], order[-1]
    mark = "ok" if above[median] <= 0.06 else "MISSED"
    print(
        f"{f'median of {len(order)} drills ({median}), above compute':44} {above[median] * 1000:8.1f} ms  goal ≤ 60 ms  {mark}"
    )
    print(f"{f'slowest ({slowest})':44} {above[slowest] * 1000:8.1f} ms")


def _peer(files: DrillFiles, runs: int, ours: float) -> None:
    """The same probes as ordinary tests: pytest in a fresh process at every save."""
    with tempfile.TemporaryDirectory() as folder:
        test = Path(folder) / "test_probes.py"
        paths = [str(files.folder / "probes.py"), *[str(files.solution / "reference.py")] * 2]
        test.write_text(_PYTEST.format(paths=paths), encoding="utf-8")
        environment = {**os.environ, "OMP_NUM_THREADS": "1"}
        peer = _command(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(test)], environment
        )
        seconds = interleaved({"peer": peer}, max(runs // 4, 3))["peer"]
    print(f"{'peer: the same probes through pytest':44} {seconds * 1000:8.1f} ms  {seconds / ours:.0f}× ours")


def _own_compute(files: DrillFiles, runs: int) -> tuple[float, float]:
    """The median of the runs alone, and with the comparison, in one process without any isolation."""
    arguments = [
        str(files.folder / "probes.py"),
        str(files.solution / "reference.py"),
        str(runs),
        *files.forbid,
    ]
    command = [sys.executable, "-c", _OWN_COMPUTE, *arguments]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    alone, compared = map(float, done.stdout.split())
    return alone, compared


def _warm(judge: Judge, files: DrillFiles, source: bytes, runs: int) -> float:
    """The median from handing over the text to having the verdict, processes prepared as between two saves."""
    times = []
    for round_number in range(runs + 3):
        judge.prepare(files)
        time.sleep(0.15)  # a learner's pause: the referee runs the reference meanwhile
        began = time.perf_counter()
        judge.grade(files, source, "attention.py")
        if round_number >= 3:
            times.append(time.perf_counter() - began)
    return statistics.median(times)


def _cold(files: DrillFiles, runs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "LLMPREP_HOME": folder, "XDG_CACHE_HOME": folder, "OMP_NUM_THREADS": "1"}
        program = str(Path(sys.executable).with_name("llmprep"))
        check = [program, "drill", DRILL, "--check", str(files.solution / "reference.py")]
        things: dict[str, Callable[[], None]] = {
            "python -c 'import torch'": _command([sys.executable, "-c", "import torch"], environment),
            "llmprep drill attention --check": _command(check, environment),
        }
        medians = interleaved(things, max(runs // 2, 3))
    report(medians, "python -c 'import torch'", {"llmprep drill attention --check": 1.25})


def _command(command: list[str], environment: dict[str, str]) -> Callable[[], None]:
    return lambda: subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True) and None
