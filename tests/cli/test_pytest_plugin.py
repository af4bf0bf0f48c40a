"""`pytest --drill NAME FILE` in a process of its own, as an editor's test explorer runs it."""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from llmprep.content.locate import content_root


@pytest.fixture
def run(tmp_path: Path):
    """Run pytest on a file with this text; the finished process and the JUnit report."""

    def start(source: str, *options: str) -> tuple[subprocess.CompletedProcess[str], Path]:
        file = tmp_path / "my_answer.py"
        file.write_text(source, encoding="utf-8")
        report = tmp_path / "report.xml"
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "no:cacheprovider",
            f"--junitxml={report}",
            *options,
            str(file),
        ]
        environment = {
            **os.environ,
            "LLMPREP_HOME": str(tmp_path / "home"),
            "XDG_CACHE_HOME": str(tmp_path / "cache"),
        }
        finished = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        return finished, report

    return start


def reference() -> str:
    return (content_root() / "solutions" / "attention" / "reference.py").read_text(encoding="utf-8")


def test_every_probe_of_a_right_answer_is_a_passing_test(run):
    finished, report = run(reference(), "--drill", "attention", "--drill-lang", "en")
    assert finished.returncode == 0, finished.stdout
    cases = ElementTree.parse(report).getroot().iter("testcase")
    assert {case.get("name") for case in cases} >= {"values", "causal-mask", "empty-row"}


def test_a_wrong_answer_fails_with_the_mistake_in_the_language_asked_for(run):
    wrong = reference().replace(" / math.sqrt(q.size(-1))", "")
    finished, report = run(wrong, "--drill", "attention", "--drill-lang", "zh", "--drill-seed", "3")
    assert finished.returncode == 1
    assert "注意力分数没有除以 √d_k。" in finished.stdout
    assert "Traceback" not in finished.stdout
    failures = list(ElementTree.parse(report).getroot().iter("failure"))
    assert len(failures) >= 4


def test_the_file_is_graded_and_never_imported_by_pytest(run):
    finished, _ = run(
        "open('imported', 'w')\nraise SystemExit('imported')\n", "--drill", "attention", "--drill-lang", "en"
    )
    assert finished.returncode == 1
    assert "INTERNALERROR" not in finished.stdout
    assert not list(Path(finished.args[-1]).parent.glob("imported"))


def test_an_unknown_drill_is_a_usage_error_with_a_suggestion(run):
    finished, _ = run(reference(), "--drill", "atention", "--drill-lang", "en")
    assert finished.returncode == pytest.ExitCode.USAGE_ERROR
    assert "attention" in finished.stderr


def test_without_the_option_pytest_is_what_it_was(run):
    finished, _ = run("def test_nothing():\n    assert True\n")
    assert finished.returncode == 0
    assert "1 passed" in finished.stdout
