"""Beam search with length normalisation (Wu et al. 2016, §7, simplified)."""

from collections.abc import Callable

import torch
from torch import Tensor

Step = Callable[[Tensor], Tensor]


def beam_search(
    step: Step,
    bos: int,
    eos: int,
    beams: int,
    max_length: int,
    length_penalty: float = 1.0,
) -> list[tuple[list[int], float]]:
    """The best finished hypotheses, best first: (tokens, normalised score).

    `step` maps prefixes (n, t) to log-probabilities of the next token (n, V).
    """
    prefixes = torch.tensor([[bos]])  # (n, t), one live hypothesis per row
    totals = torch.zeros(1)  # (n,), sums of log-probabilities
    finished: list[tuple[list[int], float]] = []
    for length in range(1, max_length + 1):
        scores = totals[:, None] + step(prefixes)  # (n, V)
        # one ranking over all continuations of all hypotheses
        totals, places = scores.flatten().topk(min(beams, scores.numel()))
        possible = totals > -torch.inf
        totals, places = totals[possible], places[possible]
        parents, tokens = places // scores.size(1), places % scores.size(1)
        prefixes = torch.cat((prefixes[parents], tokens[:, None]), dim=1)
        ended = tokens == eos
        if length == max_length:
            ended = torch.ones_like(ended)
        normalised = totals / length**length_penalty
        finished += zip(
            prefixes[ended].tolist(), normalised[ended].tolist(), strict=True
        )
        prefixes, totals = prefixes[~ended], totals[~ended]
        if len(prefixes) == 0:
            break
    finished.sort(key=lambda hypothesis: hypothesis[1], reverse=True)
    return finished[:beams]
