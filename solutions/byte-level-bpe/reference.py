"""Byte-level BPE: applying merges to the bytes of a text (GPT-2, §2.2)."""

from itertools import pairwise

BYTES = 256
Pair = tuple[int, int]


def encode(text: str, merges: list[Pair]) -> list[int]:
    """The UTF-8 bytes, joined by the merges in the order they were learnt."""
    ranks = {pair: rank for rank, pair in enumerate(merges)}
    ids = list(text.encode("utf-8"))
    while True:
        present = [pair for pair in pairwise(ids) if pair in ranks]
        if not present:
            return ids
        earliest = min(present, key=ranks.__getitem__)
        ids = _join(ids, earliest, BYTES + ranks[earliest])


def _join(ids: list[int], pair: Pair, new: int) -> list[int]:
    """Put `new` wherever the pair stands, from left to right."""
    joined: list[int] = []
    place = 0
    while place < len(ids):
        if tuple(ids[place : place + 2]) == pair:
            joined.append(new)
            place += 2
        else:
            joined.append(ids[place])
            place += 1
    return joined


def decode(ids: list[int], merges: list[Pair]) -> str:
    """The text of all bytes together: a character may span several ids."""
    meaning = [bytes([byte]) for byte in range(BYTES)]
    for left, right in merges:
        meaning.append(meaning[left] + meaning[right])
    data = b"".join(meaning[token] for token in ids)
    return data.decode("utf-8", errors="replace")
