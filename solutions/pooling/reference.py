"""From token vectors to a sentence vector (Sentence-BERT, 2019, §3)."""

import math

import torch
from torch import Tensor


def pool(hidden: Tensor, attention_mask: Tensor, mode: str) -> Tensor:
    """One vector per text; only real tokens count, wherever the padding is.

    Shapes: hidden (B, T, d), mask (B, T) with 1 = real token -> (B, d).
    A text without real tokens gives zeros.
    """
    real = attention_mask.bool()  # (B, T)
    if mode == "cls":
        return token_at(real.int().argmax(dim=1), hidden, real)
    if mode == "last":  # the running count reaches its maximum there
        return token_at(real.cumsum(dim=1).argmax(dim=1), hidden, real)
    if mode == "mean":
        total = (hidden * real.unsqueeze(-1)).sum(dim=1)  # (B, d)
        return total / real.sum(dim=1, keepdim=True).clamp(min=1)
    if mode == "max":
        largest = hidden.masked_fill(~real.unsqueeze(-1), -math.inf).amax(dim=1)
        return largest.masked_fill(~real.any(dim=1, keepdim=True), 0.0)
    raise ValueError(f"mode must be cls, last, mean or max, not {mode!r}")


def token_at(positions: Tensor, hidden: Tensor, real: Tensor) -> Tensor:
    """hidden[b, positions[b]] for every text b, zero where that is padding."""
    rows = torch.arange(len(hidden), device=hidden.device)
    return hidden[rows, positions] * real[rows, positions].unsqueeze(-1)
