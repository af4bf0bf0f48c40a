"""`mmr` against its definition, evaluated afresh for every pick."""

from __future__ import annotations

import pytest
import torch


def cosine(a, b) -> float:
    return float(a @ b / (a.norm() * b.norm()))


def by_definition(query, documents, k, lam):
    rest, picked = list(range(len(documents))), []
    while rest and len(picked) < k:

        def value(i):
            if not picked:
                return cosine(query, documents[i])
            nearest = max(cosine(documents[i], documents[s]) for s in picked)
            return lam * cosine(query, documents[i]) - (1 - lam) * nearest

        picked.append(max(rest, key=value))
        rest.remove(picked[-1])
    return picked


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("lam", [0.0, 0.3, 0.5, 1.0])
@pytest.mark.parametrize(("n", "width", "k"), [(9, 3, 5), (15, 6, 20)])
def test_equals_the_definition(reference, seed, lam, n, width, k):
    generator = torch.Generator().manual_seed(seed)
    query = torch.randn(width, generator=generator, dtype=torch.float64)
    documents = 3 * torch.randn(n, width, generator=generator, dtype=torch.float64)
    assert reference("mmr").mmr(query, documents, k, lam) == by_definition(query, documents, k, lam)


def test_a_duplicate_is_passed_over(reference):
    query = torch.tensor([1.0, 0.1])
    documents = torch.tensor([[1.0, 0.0], [1.0, 0.001], [0.6, 0.8]])
    assert reference("mmr").mmr(query, documents, 2, 0.5) == [1, 2]
