"""Lists sliced and interleaved."""

from itertools import accumulate, chain


def gpipe(stages: int, micro_batches: int):
    return [
        tuple(f"F{i}" for i in range(micro_batches))
        + tuple(f"B{i}" for i in range(micro_batches))
    ] * stages


def one_f_one_b(stages: int, micro_batches: int):
    f = [f"F{i}" for i in range(micro_batches)]
    b = [f"B{i}" for i in range(micro_batches)]
    result = []
    for later in reversed(range(stages)):
        steady = chain.from_iterable(zip(f[later:], b))
        result.append(
            f[:later] + list(steady) + b[max(0, micro_batches - later) :]
        )
    return result


def bubble_fraction(stages: int, micro_batches: int):
    ideal = (stages - 1) / micro_batches
    return ideal / (1 + ideal)


def peak_activations(schedule):
    return max(
        accumulate((1 if s[0] == "F" else -1 for s in schedule), initial=0)
    )
