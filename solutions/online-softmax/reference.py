"""Softmax of a row that arrives in chunks (Milakov & Gimelshein 2018, §3)."""

import math
from collections.abc import Sequence

import torch
from torch import Tensor

State = tuple[Tensor, Tensor]  # largest entry m, sum l of exp(x - m)


def update(state: State | None, chunk: Tensor) -> State:
    """What is known after one more chunk (..., n): m and l, both (...).

    `state` is None before the first chunk.
    """
    m = chunk.amax(dim=-1)
    l = (chunk - base(m).unsqueeze(-1)).exp().sum(dim=-1)
    return merge(state, (m, l)) if state is not None else (m, l)


def merge(a: State, b: State) -> State:
    """What is known of two sets of chunks together, in any order."""
    (m_a, l_a), (m_b, l_b) = a, b
    m = torch.maximum(m_a, m_b)
    # a sum relative to the old maximum, made relative to the new one
    l_a = l_a * (m_a - base(m)).exp()
    l_b = l_b * (m_b - base(m)).exp()
    return m, l_a + l_b


def online_softmax(chunks: Sequence[Tensor]) -> list[Tensor]:
    """Chunks (..., n_i) of one row -> its softmax, chunk by chunk.

    A row of only -inf gives NaN.
    """
    state = None
    for chunk in chunks:
        state = update(state, chunk)
    m, l = (statistic.unsqueeze(-1) for statistic in state)
    return [(chunk - m).exp() / l for chunk in chunks]


def base(m: Tensor) -> Tensor:
    """What to subtract: the maximum, or 0 where only -inf has been seen.

    There -inf - (-inf) would be NaN; so every exp is 0, and the sum too.
    """
    return m.masked_fill(m == -math.inf, 0.0)
