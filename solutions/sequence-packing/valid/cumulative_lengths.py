"""Bins first; then ids by concatenation, segments by repetition, the mask with arange and where."""

import torch
from torch.nn.functional import pad


def pack(samples, max_length, pad_id):
    if any(len(s) > max_length for s in samples):
        raise ValueError("too long")
    bins, free = [], []
    for s in filter(None, samples):
        fits = [b for b, room in enumerate(free) if room >= len(s)]
        if not fits:
            fits = [len(bins)]
            bins.append([])
            free.append(max_length)
        bins[fits[0]].append(s)
        free[fits[0]] -= len(s)
    names = ("input_ids", "position_ids", "segment_ids", "labels")
    columns = {name: [] for name in names}
    for members in bins:
        lengths = torch.tensor([len(s) for s in members])
        ids = torch.cat([torch.tensor(s) for s in members])
        segments = torch.repeat_interleave(
            torch.arange(1, len(members) + 1), lengths
        )
        starts = torch.repeat_interleave(lengths.cumsum(0) - lengths, lengths)
        positions = torch.arange(len(ids)) - starts
        labels = torch.where(positions == 0, -100, ids)
        right = (0, max_length - len(ids))
        columns["input_ids"].append(pad(ids, right, value=pad_id))
        columns["position_ids"].append(pad(positions, right))
        columns["segment_ids"].append(pad(segments, right))
        columns["labels"].append(pad(labels, right, value=-100))
    return {
        name: torch.stack(rows)
        if rows
        else torch.zeros(0, max_length, dtype=torch.int64)
        for name, rows in columns.items()
    }


def packing_mask(segment_ids):
    at = torch.arange(segment_ids.shape[1])
    same = segment_ids.unsqueeze(1).eq(segment_ids.unsqueeze(2))
    causal = at[None, :] <= at[:, None]
    itself = at[None, :] == at[:, None]
    padding = segment_ids.eq(0).unsqueeze(2)
    return torch.where(padding, itself, same & causal)
