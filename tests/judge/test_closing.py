"""Closing a judge whose torch is not imported yet does not wait for it."""

from __future__ import annotations

import threading

import pytest

from llmprep.judge.client import Judge
from llmprep.judge.processes import JudgeProblem


@pytest.mark.parametrize("backend", ["", "spare"])
def test_a_judge_that_is_still_starting_can_be_closed(attention, monkeypatch, backend):
    monkeypatch.setenv("LLMPREP_JUDGE", backend)
    judge, problems = Judge(), []

    def prepare() -> None:
        try:
            judge.prepare(attention)
        except JudgeProblem as problem:
            problems.append(problem)

    judge.start()
    waiting = threading.Thread(target=prepare)
    waiting.start()
    judge.close()
    waiting.join(timeout=30)
    assert not waiting.is_alive()
    assert len(problems) <= 1


def test_a_closed_judge_starts_again(scale):
    judge = Judge()
    judge.start()
    judge.close()
    try:
        assert judge.grade(scale, b"def scale(x):\n    return x * 2\n", "scale.py").passed
    finally:
        judge.close()
