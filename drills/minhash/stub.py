P = 2**61 - 1


def shingles(text: str, n: int) -> set[tuple[str, ...]]:
    raise NotImplementedError


def minhash(items: set[int], a: list[int], b: list[int]) -> list[int]:
    """One number for each hash function x -> (a[i]·x + b[i]) mod P."""
    raise NotImplementedError


def similarity(first: list[int], second: list[int]) -> float:
    raise NotImplementedError


def candidate_pairs(signatures: list[list[int]], bands: int) -> list[tuple[int, int]]:
    raise NotImplementedError
