"""Searching an HNSW graph (Malkov and Yashunin 2016, algorithms 2 and 5)."""

from collections.abc import Callable
from functools import cache
from heapq import heappop, heappush

Layer = dict[int, list[int]]
Distance = Callable[[int], float]


def hnsw_search(
    distance: Distance, layers: list[Layer], entry: int, ef: int, k: int
) -> list[int]:
    """The k nearest nodes found, nearest first."""
    distance = cache(distance)  # a node may stand in several layers
    for layer in reversed(layers[1:]):
        entry = _descend(distance, layer, entry)
    return _search_layer(distance, layers[0], entry, ef)[:k]


def _descend(distance: Distance, layer: Layer, node: int) -> int:
    """From neighbour to neighbour, until none is nearer to the query."""
    while True:
        nearest = min([node, *layer[node]], key=distance)
        if nearest == node:
            return node
        node = nearest


def _search_layer(
    distance: Distance, layer: Layer, entry: int, ef: int
) -> list[int]:
    """The ef nearest nodes found from `entry`, nearest first."""
    visited = {entry}
    candidates = [(distance(entry), entry)]  # the nearest on top
    results = [(-distance(entry), entry)]  # the farthest on top
    while candidates:
        away, node = heappop(candidates)
        if away > -results[0][0]:
            break
        for neighbour in layer[node]:
            if neighbour in visited:
                continue
            visited.add(neighbour)
            away = distance(neighbour)
            if len(results) < ef or away < -results[0][0]:
                heappush(candidates, (away, neighbour))
                heappush(results, (-away, neighbour))
                if len(results) > ef:
                    heappop(results)
    return [node for _, node in sorted(results, reverse=True)]
