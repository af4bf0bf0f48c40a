from collections.abc import Callable

from torch import Tensor

Model = Callable[[Tensor], Tensor]
"""model(tokens (B, t)) -> logits (B, t, V)."""


def greedy_decode(model: Model, ids: Tensor, max_new_tokens: int, context: int, eos_id: int) -> Tensor:
    """Prompts ids (B, T) -> (B, T + n), each with its likeliest next tokens."""
    raise NotImplementedError
