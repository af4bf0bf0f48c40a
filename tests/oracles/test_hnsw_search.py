"""`hnsw_search` against brute force, and against the paper's two algorithms over sorted lists."""

from __future__ import annotations

import random

import pytest


def graph(seed: int, n: int, links: int):
    """Points, and symmetric links to the nearest ones plus a ring, so that everything can be reached."""
    draw = random.Random(seed)
    points = [(draw.random(), draw.random()) for _ in range(n)]

    def near(i, size):
        return sorted(range(size), key=lambda j: abs(complex(*points[i]) - complex(*points[j])))[
            1 : links + 1
        ]

    layers = []
    for size in (n, n // 4, 2):
        layer = {i: {(i + 1) % size, *near(i, size)} for i in range(size)}
        for i in range(size):
            for j in layer[i]:
                layer[j].add(i)
        layers.append({i: sorted(others - {i}) for i, others in layer.items()})
    query = complex(draw.random(), draw.random())
    return [abs(complex(*p) - query) for p in points], layers


def search_layer(away, layer, entry, ef):
    """Algorithm 2, with the two sets as plain sets."""
    visited, candidates, found = {entry}, {entry}, {entry}
    while candidates:
        nearest = min(candidates, key=away.__getitem__)
        candidates.remove(nearest)
        if away[nearest] > max(away[f] for f in found):
            break
        for e in layer[nearest]:
            if e not in visited:
                visited.add(e)
                if away[e] < max(away[f] for f in found) or len(found) < ef:
                    candidates.add(e)
                    found.add(e)
                    if len(found) > ef:
                        found.remove(max(found, key=away.__getitem__))
    return sorted(found, key=away.__getitem__)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize(("ef", "k"), [(1, 1), (4, 2), (9, 9)])
def test_equals_the_paper(reference, seed, ef, k):
    away, layers = graph(seed, 60, 3)
    entry = 1
    for layer in layers[:0:-1]:
        entry = search_layer(away, layer, entry, 1)[0]
    expected = search_layer(away, layers[0], entry, ef)[:k]
    assert reference("hnsw-search").hnsw_search(away.__getitem__, layers, 1, ef, k) == expected


@pytest.mark.parametrize("seed", range(10))
def test_with_enough_patience_it_is_exact(reference, seed):
    away, layers = graph(seed, 50, 2)
    found = reference("hnsw-search").hnsw_search(away.__getitem__, layers, 0, 50, 10)
    assert found == sorted(range(50), key=away.__getitem__)[:10]
