"""Maximal marginal relevance (Carbonell and Goldstein 1998, §2)."""

import torch
from torch import Tensor
from torch.nn.functional import normalize


def mmr(
    query: Tensor, documents: Tensor, k: int, lam: float = 0.5
) -> list[int]:
    """Row numbers of min(k, N) documents, in the order of picking.

    Shapes: query (d,), documents (N, d).
    """
    unit = normalize(documents, dim=-1)  # (N, d)
    relevance = unit @ normalize(query, dim=-1)  # (N,)
    # the similarity to the nearest picked document: nothing is picked yet
    redundancy = torch.full_like(relevance, -torch.inf)  # (N,)
    value = relevance
    picked: list[int] = []
    while len(picked) < min(k, len(documents)):
        picked.append(int(value.argmax()))
        redundancy = torch.maximum(redundancy, unit @ unit[picked[-1]])
        value = lam * relevance - (1 - lam) * redundancy
        value[picked] = -torch.inf
    return picked
