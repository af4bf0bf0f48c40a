"""Packing without contamination (Krell et al. 2021)."""

import torch
from torch import Tensor

IGNORED = -100  # the label that cross_entropy leaves out by default


def pack(
    samples: list[list[int]], max_length: int, pad_id: int
) -> dict[str, Tensor]:
    """Put samples into as few rows as first fit needs.

    Returns input_ids, position_ids, segment_ids and labels, each
    (N, max_length). Raises ValueError for a sample that fits no row.
    """
    rows: list[list[list[int]]] = []
    for sample in samples:
        if len(sample) > max_length:
            raise ValueError("a sample is longer than max_length")
        if sample:
            _first_with_room(rows, max_length - len(sample)).append(sample)

    shape = (len(rows), max_length)
    packed = {
        "input_ids": torch.full(shape, pad_id),
        "position_ids": torch.full(shape, 0),
        "segment_ids": torch.full(shape, 0),
        "labels": torch.full(shape, IGNORED),
    }
    for n, row in enumerate(rows):
        start = 0
        for number, sample in enumerate(row, start=1):
            place = (n, slice(start, start + len(sample)))
            ids = torch.tensor(sample)
            packed["input_ids"][place] = ids
            packed["position_ids"][place] = torch.arange(len(sample))
            packed["segment_ids"][place] = number
            packed["labels"][place] = ids
            packed["labels"][n, start] = IGNORED  # its left is a stranger
            start += len(sample)
    return packed


def _first_with_room(rows: list[list[list[int]]], most: int) -> list[list[int]]:
    """The first row that holds at most `most` tokens, or a new one."""
    for row in rows:
        if sum(len(sample) for sample in row) <= most:
            return row
    rows.append([])
    return rows[-1]


def packing_mask(segment_ids: Tensor) -> Tensor:
    """Causal within each sample: (N, L) -> bool (N, L, L)."""
    queries, keys = segment_ids[:, :, None], segment_ids[:, None, :]
    places = torch.arange(segment_ids.size(1), device=segment_ids.device)
    past = places <= places[:, None]  # (L, L)
    seen = (queries == keys) & past & (queries != 0)
    # a row of softmax without any key would be NaN
    return seen | (places == places[:, None])
