from collections.abc import Callable

from torch import Tensor

Step = Callable[[Tensor], Tensor]
"""step(prefixes (n, t)) -> log-probabilities of the next token (n, V)."""


def beam_search(
    step: Step, bos: int, eos: int, beams: int, max_length: int, length_penalty: float = 1.0
) -> list[tuple[list[int], float]]:
    """The best hypotheses, at most `beams`, best first: (tokens with bos, normalised score)."""
    raise NotImplementedError
