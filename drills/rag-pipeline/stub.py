from collections.abc import Callable
from typing import Any

from torch import Tensor


def answer(
    question: str,
    chunks: list[dict[str, Any]],
    embed: Callable[[str], Tensor],
    keyword_score: Callable[[str, str], float],
    generate: Callable[[str], str],
    count: Callable[[str], int],
    per_list: int = 5,
    budget: int = 100,
) -> dict[str, Any]:
    """{"answer": the reply or None, "citations": ids of the chunks that it cites}."""
    raise NotImplementedError
