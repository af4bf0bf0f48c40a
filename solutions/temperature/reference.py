"""Sampling with temperature (Hinton et al. 2015, §2, for the formula)."""

import torch
from torch import Tensor


def sample(
    logits: Tensor, temperature: float, generator: torch.Generator | None = None
) -> Tensor:
    """Draw one token per row from softmax(logits / temperature).

    Shapes: (..., V) -> (...), int64. Temperature 0 is the limit: argmax.
    """
    if temperature < 0:
        raise ValueError(f"temperature must not be negative, is {temperature}")
    if temperature == 0:
        return logits.argmax(dim=-1)
    probabilities = torch.softmax(logits.float() / temperature, dim=-1)
    # multinomial wants two axes
    rows = probabilities.reshape(-1, logits.size(-1))
    tokens = torch.multinomial(rows, num_samples=1, generator=generator)
    return tokens.view(logits.shape[:-1])
