"""Every `against.py`: the reference equals the library's implementation, and a known mistake does not."""

from __future__ import annotations

import importlib.util
import types
from pathlib import Path

import pytest

from llmprep.content.items import Mistake
from llmprep.content.library import load_unit
from llmprep.content.locate import content_root
from llmprep.judge.against import library_of, places
from llmprep.judge.candidate import load
from llmprep.judge.mistakes import build
from llmprep.practice.against import LIBRARIES, called

SOLUTIONS = content_root() / "solutions"
FILES = [pytest.param(path, id=path.parent.name) for path in sorted(SOLUTIONS.glob("*/against.py"))]


def module(path: Path) -> types.ModuleType:
    """An `against.py`; the test is skipped where its library is not installed."""
    loaded = load(path.read_bytes(), str(path), "llmprep_against")
    library = library_of(loaded.COUNTERPART)
    if importlib.util.find_spec(library) is None:
        pytest.skip(f"{library} is not installed: pip install llmprep[oracles]")
    return loaded


def implementation(source: str, path: Path) -> types.ModuleType:
    return load(source.encode(), str(path), "llmprep_implementation")


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("seed", range(2))
def test_the_reference_equals_the_library(path, seed):
    reference = path.with_name("reference.py")
    found = list(places(module(path), implementation(reference.read_text(encoding="utf-8"), reference), seed))
    assert found
    assert [place for place in found if not place.equal] == []


@pytest.mark.parametrize("path", FILES)
def test_a_known_mistake_does_not(path):
    against, folder = module(path), path.parent
    reference = (folder / "reference.py").read_text(encoding="utf-8")
    for entry in load_unit(folder / "mistakes.yaml").entries:
        mistake: Mistake = entry.item
        wrong = build(reference, {"id": mistake.id, "swap": mistake.swap, "file": mistake.file}, folder)
        try:
            found = list(places(against, implementation(wrong.source, folder / "reference.py"), 0))
        except Exception:
            return
        if not all(place.equal for place in found):
            return
    pytest.fail("no known mistake is noticed: the comparison looks at too little")


@pytest.mark.parametrize("path", FILES)
def test_the_learner_can_name_the_library(path):
    assert called(path) in LIBRARIES
    assert library_of(module(path).COUNTERPART) in LIBRARIES[called(path)]
