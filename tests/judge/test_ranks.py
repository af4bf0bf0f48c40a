"""Several real processes in one gloo group: results by rank, and every way of not coming back."""

from __future__ import annotations

import os

import pytest

from llmprep.ui import verdict_words

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="ranks are forks")

PROBES = """
    @probe(en="Three ranks", zh="三个 rank", dtypes=False, no_grad=True)
    def three(impl, t: Tools):
        x = t.randn(3, 4)
        total = t.ranks(3, lambda rank, world: impl.total(x[rank]))
        return [total, t.ranks(3, lambda rank, world: impl.total(total[rank] + rank))]

    @probe(en="Two ranks", zh="两个 rank", dtypes=False, no_grad=True)
    def two(impl, t: Tools):
        x = t.randn(2, 5)
        return t.ranks(2, lambda rank, world: {"rank": rank, "sum": impl.total(x[rank]), "none": None})
"""
REFERENCE = """
    import torch.distributed as dist

    def total(x):
        out = x.clone()
        dist.all_reduce(out)
        return out
"""
MISTAKES = {
    "maximum": {"dist.all_reduce(out)": "dist.all_reduce(out, op=dist.ReduceOp.MAX)"},
    "in-place": {"x.clone()": "x"},
    "not-reduced": {"dist.all_reduce(out)": "pass"},
    "rank-zero-leaves": {"dist.all_reduce(out)": "dist.get_rank() and dist.all_reduce(out)"},
}


@pytest.fixture
def all_reduce(make_drill):
    drill = make_drill(PROBES, REFERENCE, MISTAKES)
    return type(drill)(drill.id, drill.folder, drill.solution, drill.forbid, drill.mistakes, (2, 3))


def body(text: str) -> str:
    return REFERENCE.replace("dist.all_reduce(out)", text)


def test_ranks_really_talk_to_each_other(all_reduce, grade):
    by_sending = """
        import torch, torch.distributed as dist

        def total(x):
            parts = [torch.empty_like(x) for _ in range(dist.get_world_size())]
            dist.all_gather(parts, x)
            return sum(parts)
        """
    assert grade(all_reduce, REFERENCE).passed
    assert grade(all_reduce, by_sending).passed


@pytest.mark.parametrize("mistake", ["maximum", "not-reduced", "in-place"])
def test_a_mistake_is_named(all_reduce, grade, mistake):
    [(old, new)] = MISTAKES[mistake].items()
    verdict = grade(all_reduce, REFERENCE.replace(old, new))
    assert not verdict.passed
    assert verdict.diagnosis is not None
    assert verdict.diagnosis.mistakes == (mistake,)


def test_a_rank_that_raises_is_named_with_its_line(all_reduce, fails):
    raising = body("dist.all_reduce(out)\n        if dist.get_rank() == 2: raise ValueError('no gradients')")
    outcome = fails(all_reduce, raising)
    assert (outcome.problem, outcome.detail["type"], outcome.detail["rank"]) == ("exception", "ValueError", 2)
    assert outcome.detail["line"] == 7
    assert "rank 2" in verdict_words.message(outcome, "en")
    assert "rank 2" in verdict_words.message(outcome, "zh")


def test_a_rank_that_dies_is_a_crash_of_that_rank(all_reduce, fails):
    outcome = fails(all_reduce, body("dist.get_rank() == 1 and __import__('os')._exit(7)"))
    assert (outcome.problem, outcome.detail["rank"]) == ("crashed", 1)
    assert "Rank 1" in verdict_words.message(outcome, "en")
    assert "rank 1" in verdict_words.message(outcome, "zh")


def test_a_dead_lock_says_which_ranks_wait(all_reduce, grade):
    verdict = grade(all_reduce, body("dist.get_rank() and dist.all_reduce(out)"))
    outcome = verdict.first_failure
    assert outcome is not None
    assert (outcome.problem, outcome.detail["waiting"]) == ("timeout", [1, 2])
    assert "1, 2" in verdict_words.message(outcome, "en")
    assert "1、2" in verdict_words.message(outcome, "zh")


def test_what_ranks_print_arrives(all_reduce, grade):
    verdict = grade(all_reduce, body("dist.all_reduce(out)\n        print('rank', dist.get_rank())"))
    assert verdict.passed
    assert "rank 1" in verdict.printed


@pytest.mark.parametrize(
    "attempt",
    [
        "open({secret!r}).read()",
        "open('/tmp/escaped', 'w')",
        "__import__('os').fork()",
        "__import__('socket').socket()",
        "__import__('threading').Thread(target=print).start()",
        "dist.new_group([0, 1])",
        "dist.all_reduce(out, async_op=True).get_future().then(lambda f: open({secret!r}).read()).wait()",
    ],
)
def test_a_rank_is_inside_the_walls(all_reduce, fails, attempt):
    text = attempt.format(secret=str(all_reduce.solution / "reference.py"))
    outcome = fails(all_reduce, body(text))
    assert outcome.problem in ("exception", "timeout", "crashed")
    assert "reference" not in outcome.detail.get("message", "") or "denied" in outcome.detail["message"]
