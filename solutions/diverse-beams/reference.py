"""Diverse beam search with Hamming diversity (Vijayakumar et al. 2016, §4)."""

from collections.abc import Callable

import torch
from torch import Tensor

Step = Callable[[Tensor], Tensor]


def diverse_beam_search(
    step: Step, bos: int, beams: int, groups: int, length: int, strength: float
) -> list[list[tuple[list[int], float]]]:
    """For each group its hypotheses, best first: (tokens, total).

    `step` maps prefixes (n, t) to log-probabilities of the next token (n, V).
    A group is discouraged from tokens that earlier groups chose in the round.
    """
    if beams % groups:
        raise ValueError(f"{beams} beams do not make {groups} equal groups")
    prefixes = [torch.tensor([[bos]]) for _ in range(groups)]  # each (n, t)
    totals = [torch.zeros(1) for _ in range(groups)]  # each (n,)
    for _ in range(length):
        used: Tensor | int = 0  # (V,), how often this round chose each token
        for group in range(groups):
            scores = totals[group][:, None] + step(prefixes[group])  # (n, V)
            ranking = (scores - strength * used).flatten()
            places = ranking.topk(min(beams // groups, len(ranking))).indices
            parents, tokens = places // scores.size(1), places % scores.size(1)
            totals[group] = scores.flatten()[places]  # without the penalty
            prefixes[group] = torch.cat(
                (prefixes[group][parents], tokens[:, None]), dim=1
            )
            used = used + torch.bincount(tokens, minlength=scores.size(1))
    return [
        sorted(
            zip(rows.tolist(), values.tolist(), strict=True),
            key=lambda hypothesis: hypothesis[1],
            reverse=True,
        )
        for rows, values in zip(prefixes, totals, strict=True)
    ]
