from collections.abc import Callable

from torch import Tensor


def candidate_scores(probabilities: Tensor, candidates: Tensor, context: Tensor, alpha: float) -> Tensor:
    """probabilities (k,), hidden states candidates (k, d) and context (T, d) -> scores (k,)."""
    raise NotImplementedError


def contrastive_search(
    model: Callable[[Tensor], tuple[Tensor, Tensor]],
    ids: list[int],
    max_new_tokens: int,
    k: int = 4,
    alpha: float = 0.6,
    eos: int | None = None,
) -> list[int]:
    """The prompt `ids` and what is generated after it."""
    raise NotImplementedError
