"""Perplexity of long documents, read in overlapping windows."""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional


@torch.no_grad()
def perplexity(
    model: nn.Module, documents: list[Tensor], max_length: int, stride: int
) -> float:
    """exp of the mean loss over all tokens but the first of each document.

    Raises ValueError for a stride that would skip tokens, and if there is
    nothing to count.
    """
    if not 1 <= stride < max_length:
        raise ValueError("stride must be at least 1 and below max_length")

    was_training = model.training
    model.eval()
    total, count = 0.0, 0
    for ids in documents:
        for window, first in _windows(ids, max_length, stride):
            logits = model(window[None])[0, first - 1 : -1]  # (T - first, V)
            total += functional.cross_entropy(
                logits.float(), window[first:], reduction="sum"
            ).item()
            count += len(window) - first
    model.train(was_training)

    if count == 0:
        raise ValueError("no document has two tokens")
    return math.exp(total / count)


def _windows(
    ids: Tensor, max_length: int, stride: int
) -> list[tuple[Tensor, int]]:
    """Windows of one document, each with its first place to be counted."""
    windows = []
    begin, counted_to = 0, 1  # nothing predicts the first token
    while counted_to < len(ids):
        window = ids[begin : begin + max_length]
        windows.append((window, counted_to - begin))
        counted_to = begin + len(window)
        begin += stride
    return windows
