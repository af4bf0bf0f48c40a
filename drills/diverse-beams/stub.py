from collections.abc import Callable

from torch import Tensor

Step = Callable[[Tensor], Tensor]
"""step(prefixes (n, t)) -> log-probabilities of the next token (n, V)."""


def diverse_beam_search(
    step: Step, bos: int, beams: int, groups: int, length: int, strength: float
) -> list[list[tuple[list[int], float]]]:
    """For each group its hypotheses, best first: (tokens with bos, sum of log-probabilities)."""
    raise NotImplementedError
