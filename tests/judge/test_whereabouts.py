"""A time-out names the learner's own line."""

from __future__ import annotations

import signal

import pytest

from llmprep.judge.client import Judge, Limits

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there is no interval timer here")


@pytest.fixture(scope="module")
def patient():
    """A judge that waits long enough for a worker to say where it is."""
    with Judge(limits=Limits(run=2.5)) as judge:
        yield judge


def test_the_line_that_loops_is_named(fails, scale, patient):
    source = "def scale(x, factor=2.0):\n    while True:\n        factor = factor\n"
    outcome = fails(scale, source, by=patient)
    assert outcome.problem == "timeout"
    assert outcome.detail["line"] in (2, 3)
    assert outcome.detail["code"] in ("while True:", "factor = factor")


def test_a_loop_while_the_file_is_read_is_named_too(fails, scale, patient):
    outcome = fails(scale, "n = 0\nwhile True:\n    n += 1\n", by=patient)
    assert (outcome.problem, outcome.probe) == ("timeout", "load")
    assert outcome.detail["line"] in (2, 3)
