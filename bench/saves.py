"""A thousand saves in one watch session: what is left behind in processes, memory and open files."""

from __future__ import annotations

import os
from pathlib import Path

from llmprep.content.catalogue import Catalogue
from llmprep.judge.client import DrillFiles, Judge

DRILL = "attention"
SAVES = 1000
WARM_UP = 20


def run(runs: int) -> None:
    """Save right, wrong and broken files in turn; print what grew."""
    catalogue = Catalogue.open()
    files = DrillFiles.of(catalogue.root, DRILL, catalogue.drill(DRILL), catalogue.mistakes(DRILL))
    right = (files.solution / "reference.py").read_bytes()
    wrong = right.replace(b" / math.sqrt(q.size(-1))", b"")
    broken = b"import os\ndef attention(q, k, v, mask=None):\n    os._exit(1)\n"
    saves = max(SAVES * runs // 15, 60)
    with Judge() as judge:
        for number in range(WARM_UP):
            judge.grade(files, (right, wrong, broken)[number % 3], "attention.py")
        before = _footprint()
        for number in range(saves):
            judge.prepare(files)
            judge.grade(files, (right, wrong, broken)[number % 3], "attention.py")
        after = _footprint()
    for name, start in before.items():
        print(f"{name:44} {start:8d} → {after[name]:8d}  after {saves} saves")
    print(f"{'processes left when the judge is closed':44} {len(_family()) - 1:8d}")


def _footprint() -> dict[str, int]:
    pages = {pid: _resident(pid) for pid in _family()}
    return {
        "processes": len(pages),
        "open files of the program": sum(1 for _ in Path("/proc/self/fd").iterdir()),
        "memory of the program, KiB": pages[os.getpid()],
        "memory of the process that forks, KiB": _resident(_forking()),
    }


def _family() -> list[int]:
    """This process and all that descend from it."""
    parents: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(status.parent.name)] = int(status.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):  # it ended meanwhile
            continue
    family = [os.getpid()]
    for pid in family:  # grows while it is read
        family += [child for child, parent in parents.items() if parent == pid]
    return family


def _forking() -> int:
    return _family()[1]


def _resident(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)
