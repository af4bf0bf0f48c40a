"""Several real processes in one gloo group: results by rank, and every way of not coming back."""

from __future__ import annotations

import os

import pytest
import torch
import torch.distributed as dist

from llmprep.judge.candidate import CandidateProblem
from llmprep.judge.ranks import run_ranks

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="ranks are forks")


def all_reduced(rank: int, world: int) -> torch.Tensor:
    tensor = torch.full((2,), float(rank))
    dist.all_reduce(tensor)
    return tensor


def test_ranks_really_talk_to_each_other():
    results = run_ranks(3, all_reduced, seed=0, filename="x.py")
    assert [result.tolist() for result in results] == [[3.0, 3.0]] * 3


def test_results_come_in_the_order_of_ranks_with_their_structure():
    results = run_ranks(
        3, lambda rank, world: {"rank": rank, "world": [world, None]}, seed=0, filename="x.py"
    )
    assert results == [{"rank": rank, "world": [3, None]} for rank in range(3)]


def test_a_rank_that_raises_is_named_and_the_others_do_not_hide_it():
    def function(rank: int, world: int) -> torch.Tensor:
        if rank == 2:
            raise ValueError("no gradients here")
        return all_reduced(rank, world)

    with pytest.raises(CandidateProblem) as caught:
        run_ranks(3, function, seed=0, filename="x.py")
    assert caught.value.problem == "exception"
    assert (caught.value.detail["rank"], caught.value.detail["type"]) == (2, "ValueError")


def test_a_rank_that_dies_is_a_crash_of_that_rank():
    def function(rank: int, world: int) -> torch.Tensor:
        if rank == 1:
            os._exit(7)
        return all_reduced(rank, world)

    with pytest.raises(CandidateProblem) as caught:
        run_ranks(2, function, seed=0, filename="x.py")
    assert (caught.value.problem, caught.value.detail["rank"]) == ("crashed", 1)


def test_a_dead_lock_says_which_ranks_wait():
    def function(rank: int, world: int) -> torch.Tensor | int:
        return 0 if rank == 0 else all_reduced(rank, world)

    with pytest.raises(CandidateProblem) as caught:
        run_ranks(3, function, seed=0, filename="x.py")
    assert caught.value.problem == "timeout"
    assert caught.value.detail["waiting"] == [1, 2]
