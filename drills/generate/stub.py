from collections.abc import Callable
from typing import Any

from torch import Tensor

Model = Callable[[Tensor, Tensor, Any], tuple[Tensor, Any]]
"""model(new_ids (B, T), mask (B, S + T), cache of S tokens or None) -> logits (B, T, vocab), cache."""


def generate(
    model: Model, ids: Tensor, mask: Tensor, max_new_tokens: int, eos_id: int, pad_id: int
) -> Tensor:
    """Prompts ids (B, T), padded on the left; mask (B, T), True = real -> (B, T + n) with the new tokens."""
    raise NotImplementedError
