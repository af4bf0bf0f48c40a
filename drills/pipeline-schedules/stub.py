def gpipe(stages: int, micro_batches: int) -> list[list[str]]:
    """What each stage does, in order: "F0", "F1", …, "B0", …"""
    raise NotImplementedError


def one_f_one_b(stages: int, micro_batches: int) -> list[list[str]]:
    """The same for 1F1B."""
    raise NotImplementedError


def bubble_fraction(stages: int, micro_batches: int) -> float:
    """The share of the whole time in which a stage is idle."""
    raise NotImplementedError


def peak_activations(schedule: list[str]) -> int:
    """Of how many micro-batches a stage holds activations at once, at most."""
    raise NotImplementedError
