"""torch.nn.utils.rnn.pad_sequence, then more columns; left padding by flipping twice."""

import torch
from torch.nn.functional import pad
from torch.nn.utils.rnn import pad_sequence


def stacked(rows, filler, side, multiple):
    tensors = [torch.tensor(row, dtype=torch.int64) for row in rows]
    if side == "left":
        tensors = [row.flip(0) for row in tensors]
    padded = pad_sequence(tensors, batch_first=True, padding_value=filler)
    missing = -padded.size(1) % multiple
    padded = pad(padded, (0, missing), value=filler)
    return padded.flip(1) if side == "left" else padded


def collate(samples, pad_id, padding_side="right", pad_to_multiple_of=1):
    ids = [sample["input_ids"] for sample in samples]
    labels = [sample.get("labels", sample["input_ids"]) for sample in samples]
    if any(len(a) != len(b) for a, b in zip(ids, labels, strict=True)):
        raise ValueError("labels and input_ids differ in length")
    how = (padding_side, pad_to_multiple_of)
    mask = stacked([[1] * len(row) for row in ids], 0, *how)
    return {
        "input_ids": stacked(ids, pad_id, *how),
        "attention_mask": mask,
        "labels": stacked(labels, -100, *how),
        "position_ids": (mask.cumsum(1) - 1) * mask,
    }
