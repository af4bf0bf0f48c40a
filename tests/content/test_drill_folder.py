"""A drill is complete, its files fit together, and nothing else lies about: all seen without running it."""

from __future__ import annotations

import shutil

import pytest

from llmprep.content.drill_folder import DrillFolder, FolderReport, check_folder, drill_names
from llmprep.content.library import load_unit

MISTAKES, DRILL = "solutions/double/mistakes.yaml", "drills/double/drill.yaml"


def check(content, name: str = "double") -> FolderReport:
    drill_file = content.root / "drills" / name / "drill.yaml"
    mistakes_file = content.root / "solutions" / name / "mistakes.yaml"
    drills = load_unit(drill_file).entries if drill_file.exists() else []
    mistakes = load_unit(mistakes_file).entries if mistakes_file.exists() else []
    return check_folder(
        DrillFolder(
            content.root,
            name,
            drills[0].item if drills else None,
            tuple(entry.item for entry in mistakes),
            {entry.item.id: entry.line for entry in mistakes},
        )
    )


def said(content, name: str = "double") -> list[str]:
    return [str(problem).removeprefix(f"{content.root}/") for problem in check(content, name).problems]


def test_a_complete_drill_can_be_proved(content) -> None:
    assert check(content) == FolderReport([], can_be_proved=True)


@pytest.mark.parametrize(
    "path",
    [
        "drills/double/drill.yaml",
        "drills/double/stub.py",
        "drills/double/probes.py",
        "solutions/double/reference.py",
        "solutions/double/mistakes.yaml",
        "solutions/double/notes.yaml",
    ],
)
def test_a_missing_file(content, path: str) -> None:
    (content.root / path).unlink()
    report = check(content)
    assert not report.can_be_proved
    assert str(report.problems[0]).startswith(f"{content.root}/{path}:1: drill 'double' has no ")


def test_a_drill_without_a_solution_and_a_solution_without_a_drill(content) -> None:
    shutil.copytree(content.root / "drills" / "double", content.root / "drills" / "alone")
    shutil.copytree(content.root / "solutions" / "double", content.root / "solutions" / "orphan")
    assert drill_names(content.root) == ["alone", "double", "orphan"]
    assert [line.rpartition("no ")[2].partition(";")[0] for line in said(content, "alone")] == [
        "reference.py",
        "mistakes.yaml",
        "notes.yaml",
    ]
    assert len(said(content, "orphan")) == 3


@pytest.mark.parametrize(
    ("path", "mend"),
    [
        ("drills/double/probe.py", "did you mean 'probes.py'?"),
        ("drills/double/README", "remove it."),
        ("solutions/double/mistake.yaml", "did you mean 'mistakes.yaml'?"),
        ("solutions/double/drill.yaml", "remove it."),
        ("solutions/double/valid/notes.txt", "remove it."),
    ],
)
def test_a_file_that_nothing_reads(content, path: str, mend: str) -> None:
    content.write(path, "x = 1\n")
    assert len(said(content)) == 1
    assert said(content)[0].startswith(f"{path}:1: ")
    assert said(content)[0].endswith(mend)


def test_caches_and_hidden_files_are_overlooked(content) -> None:
    content.write("drills/double/__pycache__/stub.pyc", "")
    content.write("solutions/double/.reference.py.swp", "")
    content.write("solutions/double/valid/.DS_Store", "")
    content.write("drills/.idea/x", "")
    assert said(content) == []
    assert drill_names(content.root) == ["double"]


@pytest.mark.parametrize("path", ["drills/double/stub.py", "solutions/double/reference.py"])
def test_what_is_not_python_is_reported_at_its_line(content, path: str) -> None:
    content.write(path, "import math\n\ndef double(x:\n    return x\n")
    report = check(content)
    assert not report.can_be_proved
    assert str(report.problems[0]).startswith(f"{content.root}/{path}:3: not Python: ")


def test_a_name_that_the_stub_or_the_reference_does_not_define(content) -> None:
    content.change(DRILL, "names: [double]", "names: [double, Double]")
    content.write(
        "solutions/double/valid/added.py", "Double = double = abs\n"
    )  # an alias defines a name, too
    assert [line.partition(" ")[0] for line in said(content)] == [
        "drills/double/stub.py:1:",
        "solutions/double/reference.py:1:",
        "solutions/double/valid/halved.py:1:",
    ]
    assert "'Double' is not defined here; did you mean 'double'?" in said(content)[0]


def test_nothing_is_run(content) -> None:
    content.write(
        "solutions/double/reference.py", "def double(x):\n    return 2 * x\nraise SystemExit('ran')\n"
    )
    assert said(content) == []


def test_two_valid_alternatives_at_least(content) -> None:
    (content.root / "solutions/double/valid/added.py").unlink()
    assert said(content) == [
        "solutions/double/valid:1: there are 1 valid alternatives; "
        "write at least two that look unlike the reference."
    ]
    shutil.rmtree(content.root / "solutions/double/valid")
    assert "there are 0 valid alternatives" in said(content)[0]


def test_six_mistakes_at_least(content) -> None:
    text = (content.root / MISTAKES).read_text(encoding="utf-8")
    content.write(MISTAKES, text[: text.index("- id: times-6")])
    assert said(content) == [f"{MISTAKES}:1: there are 5 mistakes; write at least six."]


@pytest.mark.parametrize(
    ("swap", "words"),
    [
        ('{"3 * x": "x"}', "the text '3 * x' of mistake 'times-3' occurs 0 times in the reference, not once"),
        ('{"x": "y"}', "the text 'x' of mistake 'times-3' occurs 3 times in the reference, not once"),
        ('{"2 * x": "3 *"}', "mistake 'times-3' does not compile (line 8: invalid syntax)"),
        ('{"2 * x": "3 * y", "3 * y": "(3 * x"}', "mistake 'times-3' does not compile"),
    ],
)
def test_a_swap_that_does_not_fit_the_reference(content, swap: str, words: str) -> None:
    content.change(MISTAKES, '{"2 * x": "3 * x"}', swap)
    line = content.line(MISTAKES, "id: times-3")
    assert len(said(content)) == 1
    assert said(content)[0].startswith(f"{MISTAKES}:{line}: {words}")


def test_a_mistake_that_is_a_whole_file(content) -> None:
    content.change(MISTAKES, '  swap: {"2 * x": "3 * x"}', "  file: wrong.py")
    assert "mistake 'times-3': there is no file 'wrong.py'; add it." in said(content)[0]
    content.write("solutions/double/wrong.py", "def double(x):\n    return x\n")
    assert said(content) == []


def test_the_reference_is_compared_with_an_implementation_that_is_not_ours(content) -> None:
    test = content.root / "tests" / "oracles" / "test_double.py"
    test.rename(test.with_name("test_several.py"))
    assert said(content) == []  # any test there may do it
    test.with_name("test_several.py").unlink()
    assert said(content) == [
        "tests/oracles/test_double.py:1: no test compares the reference of drill 'double' with another "
        'implementation; write it: test_double.py uses the fixture reference("double").'
    ]
    shutil.rmtree(content.root / "tests")  # content of one's own, without a checkout around it
    assert said(content) == []


def test_what_is_not_written_yet_is_not_run(content) -> None:
    content.change("drills/double/probes.py", "    return impl", "    # TODO edge cases\n    return impl")
    report = check(content)
    assert not report.can_be_proved
    assert said(content) == [
        "drills/double/probes.py:8: not written yet: # TODO edge cases; replace the TODO."
    ]
