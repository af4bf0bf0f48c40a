"""Real judges with real processes, and small drills written into temporary folders."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from llmprep.content.items import Drill, Mistake
from llmprep.content.library import load_unit
from llmprep.content.locate import content_root
from llmprep.judge.candidate import load
from llmprep.judge.client import DrillFiles, Judge, Limits
from llmprep.judge.probes import Probe
from llmprep.judge.runner import Run, RunKey, Runner, load_probes
from llmprep.judge.verdict import Outcome, Verdict

MakeDrill = Callable[..., DrillFiles]
HEADER = "import torch\nfrom llmprep.judge.probes import Tools, probe\n"


@pytest.fixture(scope="session", autouse=True)
def one_thread() -> None:
    """As in the judge's own processes."""
    torch.set_num_threads(1)


@pytest.fixture(autouse=True)
def torch_as_it_was() -> Iterator[None]:
    """Candidates that are run in this process may leave torch's settings changed."""
    yield
    torch.set_default_device(None)
    torch.set_default_dtype(torch.float32)
    torch.set_grad_enabled(True)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A learner's folder with something in it that nobody else is to read."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "progress.db").write_text("private")
    return folder


@pytest.fixture(scope="session")
def judge(home: Path) -> Iterator[Judge]:
    """One judge for all tests: torch is imported once."""
    with Judge(hidden=(content_root(), home)) as started:
        yield started


@pytest.fixture(scope="session")
def hasty() -> Iterator[Judge]:
    """A judge that soon loses patience, for candidates that never end."""
    with Judge(limits=Limits(run=0.6, grade=3.0)) as started:
        yield started


@pytest.fixture(scope="session")
def attention() -> DrillFiles:
    """The drill `attention` as it is shipped."""
    root = content_root()
    drill: Drill = load_unit(root / "drills" / "attention" / "drill.yaml").entries[0].item
    mistakes = load_unit(root / "solutions" / "attention" / "mistakes.yaml").entries
    return DrillFiles.of(root, "attention", drill, tuple(entry.item for entry in mistakes))


@pytest.fixture(scope="session")
def right(attention: DrillFiles) -> str:
    """The reference of `attention`."""
    return (attention.solution / "reference.py").read_text(encoding="utf-8")


@pytest.fixture
def make_drill(tmp_path: Path) -> MakeDrill:
    """`make_drill(probes, reference, mistakes, forbid, stub)` writes a drill and returns its files."""

    def make(
        probes: str,
        reference: str,
        mistakes: dict[str, dict[str, str]] | None = None,
        forbid: tuple[str, ...] = (),
        stub: str | None = None,
        name: str = "small",
    ) -> DrillFiles:
        folder, solution = tmp_path / "drills" / name, tmp_path / "solutions" / name
        folder.mkdir(parents=True)
        solution.mkdir(parents=True)
        (folder / "probes.py").write_text(HEADER + textwrap.dedent(probes), encoding="utf-8")
        (solution / "reference.py").write_text(textwrap.dedent(reference), encoding="utf-8")
        if stub is not None:
            (folder / "stub.py").write_text(textwrap.dedent(stub), encoding="utf-8")
        known = tuple(Mistake(id=key, en=key, zh=key, swap=swap) for key, swap in (mistakes or {}).items())
        return DrillFiles(name, folder, solution, forbid, known)

    return make


@pytest.fixture
def scale(make_drill: MakeDrill) -> DrillFiles:
    """The smallest drill: `scale(x)` doubles its argument."""
    return make_drill(
        """
        @probe(en="Numbers", zh="数")
        def values(impl, t: Tools):
            return impl.scale(t.randn(2, 3))
        """,
        "def scale(x):\n    return x * 2\n",
        {"tripled": {"* 2": "* 3"}, "not-scaled": {" * 2": ""}},
    )


@pytest.fixture
def grade(judge: Judge) -> Callable[..., Verdict]:
    """`grade(drill, source)` is the verdict on a candidate given as indented text or as bytes.

    Always with the same inputs: the small probes of these tests cannot tell everything apart on all of them.
    """

    def run(drill: DrillFiles, source: str | bytes, seed: int | None = 1, by: Judge = judge) -> Verdict:
        text = source if isinstance(source, bytes) else textwrap.dedent(source).encode()
        return by.grade(drill, text, "answer.py", seed)

    return run


@pytest.fixture
def fails(grade: Callable[..., Verdict]) -> Callable[..., Outcome]:
    """Like `grade`, for candidates that must fail: the failure that a learner hears first."""

    def run(drill: DrillFiles, source: str | bytes, **options: Any) -> Outcome:
        verdict = grade(drill, source, **options)
        assert not verdict.passed
        first = verdict.first_failure
        assert first is not None
        return first

    return run


class Bench:
    """One implementation driven by probes in this process, for looking at single runs."""

    def __init__(
        self, folder: Path, probes: str, implementation: str, forbid: tuple[str, ...] = (), stub: str = ""
    ):
        path = folder / "probes.py"
        path.write_text(HEADER + textwrap.dedent(probes), encoding="utf-8")
        if stub:
            (folder / "stub.py").write_text(textwrap.dedent(stub), encoding="utf-8")
        self.probes: list[Probe] = load_probes(path)
        namespace = load(textwrap.dedent(implementation).encode(), "answer.py", "answer")
        self.namespace = namespace
        self.runner = Runner(self.probes, namespace, "answer.py", 0, forbid)

    def run(self, variation: str = "base", probe: str | None = None) -> Run:
        """The run of a probe (the first) in a variation."""
        return self.runner.run(RunKey(probe or self.probes[0].id, variation))

    def runs(self) -> list[Run]:
        """Every run that is owed."""
        return list(self.runner.runs())


@pytest.fixture
def bench(tmp_path: Path) -> Callable[..., Bench]:
    """`bench(probes, implementation)` is a `Bench`."""

    def make(probes: str, implementation: str, **options: Any) -> Bench:
        return Bench(tmp_path, probes, implementation, **options)

    return make
