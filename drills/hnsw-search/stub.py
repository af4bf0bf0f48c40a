from collections.abc import Callable

Layer = dict[int, list[int]]
"""Node -> the nodes that it links to."""


def hnsw_search(
    distance: Callable[[int], float], layers: list[Layer], entry: int, ef: int, k: int
) -> list[int]:
    """The k nearest nodes found, nearest first; `layers` from the bottom up."""
    raise NotImplementedError
