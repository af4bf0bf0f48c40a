"""Schedules against torch.distributed.pipelining, and the bubble against a simulated clock."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from torch.distributed.pipelining import schedules as torch_schedules

SIZES = [(1, 1), (2, 2), (3, 7), (4, 4), (4, 12), (8, 9)]


def torch_order(kind, stages, micro_batches):
    """What PyTorch's own schedule says, without the idle slots."""
    if not hasattr(kind, "_get_pipeline_order"):
        pytest.skip("this torch does not tell its order")
    order = kind._get_pipeline_order(SimpleNamespace(_num_stages=stages, _n_microbatches=micro_batches))
    steps = [[action for action in order[stage] if action is not None] for stage in range(stages)]
    kinds = {"FORWARD": "F", "FULL_BACKWARD": "B"}
    return [
        [
            f"{kinds[action.computation_type.name]}{action.microbatch_index}"
            for action in stage
            if action.computation_type.name in kinds
        ]
        for stage in steps
    ]


@pytest.mark.parametrize(("stages", "micro_batches"), SIZES)
def test_same_order_as_torch(reference, stages, micro_batches):
    ours = reference("pipeline-schedules")
    assert ours.gpipe(stages, micro_batches) == torch_order(
        torch_schedules.ScheduleGPipe, stages, micro_batches
    )
    # torch numbers the forwards of the last stage from 1 here, so only their kinds are compared
    theirs = torch_order(torch_schedules.Schedule1F1B, stages, micro_batches)
    for own, other in zip(ours.one_f_one_b(stages, micro_batches), theirs, strict=True):
        assert [step[0] for step in own] == [step[0] for step in other]
        for kind in "FB":
            numbers = [step[1:] for step in own if step[0] == kind]
            assert numbers == [str(k) for k in range(micro_batches)]


def finished(schedules, forward, backward):
    """When each step ends if every stage begins as soon as it and its input are ready."""
    ends, position, free = {}, [0] * len(schedules), [0] * len(schedules)
    while any(at < len(order) for at, order in zip(position, schedules, strict=True)):
        moved = False
        for stage, order in enumerate(schedules):
            if position[stage] == len(order):
                continue
            step = order[position[stage]]
            neighbour = stage - 1 if step[0] == "F" else stage + 1
            if 0 <= neighbour < len(schedules) and (neighbour, step) not in ends:
                continue
            ready = ends.get((neighbour, step), 0)
            took = forward if step[0] == "F" else backward
            free[stage] = ends[stage, step] = max(free[stage], ready) + took
            position[stage] += 1
            moved = True
        assert moved, "a dead-lock"
    return max(free)


@pytest.mark.parametrize(("stages", "micro_batches"), [*SIZES, (5, 2), (4, 1)])
@pytest.mark.parametrize(("forward", "backward"), [(1, 1), (1, 2), (3, 4)])
def test_bubble_and_memory(reference, stages, micro_batches, forward, backward):
    ours = reference("pipeline-schedules")
    work = micro_batches * (forward + backward)
    expected = ours.bubble_fraction(stages, micro_batches)
    for schedules in (ours.gpipe(stages, micro_batches), ours.one_f_one_b(stages, micro_batches)):
        assert 1 - work / finished(schedules, forward, backward) == pytest.approx(expected)
    peaks = [ours.peak_activations(order) for order in ours.one_f_one_b(stages, micro_batches)]
    assert peaks == [min(stages - stage, micro_batches) for stage in range(stages)]
    assert ours.peak_activations(ours.gpipe(stages, micro_batches)[0]) == micro_batches
