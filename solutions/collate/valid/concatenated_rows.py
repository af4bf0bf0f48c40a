"""Lists are padded by concatenation; mask and positions come from lengths against an arange."""

import math

import torch


def collate(samples, pad_id, padding_side="right", pad_to_multiple_of=1):
    for s in samples:
        if "labels" in s and len(s["labels"]) != len(s["input_ids"]):
            raise ValueError("labels do not fit input_ids")
    lengths = torch.tensor([len(s["input_ids"]) for s in samples])[:, None]
    m = pad_to_multiple_of
    T = math.ceil(int(lengths.max()) / m) * m
    left = padding_side == "left"

    def pad(row, filler):
        fillers = [filler] * (T - len(row))
        return fillers + list(row) if left else list(row) + fillers

    positions = torch.arange(T)[None] - (T - lengths if left else 0)
    real = (positions >= 0) & (positions < lengths)
    return {
        "labels": torch.tensor(
            [pad(s.get("labels") or s["input_ids"], -100) for s in samples],
            dtype=torch.long,
        ).view(len(samples), T),
        "input_ids": torch.tensor(
            [pad(s["input_ids"], pad_id) for s in samples], dtype=torch.long
        ).view(len(samples), T),
        "attention_mask": real.long(),
        "position_ids": torch.where(real, positions, 0),
    }
