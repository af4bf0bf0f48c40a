"""Pipeline schedules: GPipe (Huang et al. 2018, §2.3) and 1F1B.

1F1B with a flush: Narayanan et al. 2021, §2.2.1.
"""


def gpipe(stages: int, micro_batches: int) -> list[list[str]]:
    """All forwards, then all backwards."""
    forwards = [f"F{k}" for k in range(micro_batches)]
    backwards = [f"B{k}" for k in range(micro_batches)]
    return [forwards + backwards for _ in range(stages)]


def one_f_one_b(stages: int, micro_batches: int) -> list[list[str]]:
    """Backwards as early as they can come, so that few activations wait."""
    schedules = []
    for stage in range(stages):
        warm_up = min(stages - 1 - stage, micro_batches)
        pairs = micro_batches - warm_up
        order = [f"F{k}" for k in range(warm_up)]
        for k in range(pairs):
            order += [f"F{warm_up + k}", f"B{k}"]
        order += [f"B{k}" for k in range(pairs, micro_batches)]
        schedules.append(order)
    return schedules


def bubble_fraction(stages: int, micro_batches: int) -> float:
    """Idle share of the whole time, the same for both."""
    return (stages - 1) / (micro_batches + stages - 1)


def peak_activations(schedule: list[str]) -> int:
    """Most micro-batches whose backward has still to come."""
    held = peak = 0
    for step in schedule:
        held += 1 if step.startswith("F") else -1
        peak = max(peak, held)
    return peak
