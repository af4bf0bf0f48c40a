"""`LRUCache` against `functools.lru_cache`: the same hits, the same misses."""

from __future__ import annotations

import random
from functools import lru_cache

import pytest


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("capacity", [0, 1, 3, 8])
def test_hits_and_misses_equal_functools(reference, seed, capacity):
    made: list[int] = []

    @lru_cache(maxsize=capacity)
    def make(key: int) -> int:
        made.append(key)
        return key * key

    cache, ours = reference("lru-cache").LRUCache(capacity), []
    for key in random.Random(seed).choices(range(12), k=300):
        value = cache.get(key)
        if value is None:
            ours.append(key)
            value = key * key
            cache.put(key, value)
        assert value == make(key)
    assert ours == made
    assert len(cache) == make.cache_info().currsize
