"""Rows as flat lists; the mask from the start of each position's sample."""

import torch


def pack(samples, max_length, pad_id):
    rows = []
    for s in samples:
        n = len(s)
        if n == 0:
            continue
        if n > max_length:
            raise ValueError(f"{n} tokens do not fit")
        for row in rows:
            if len(row["input_ids"]) + n <= max_length:
                break
        else:
            row = {"input_ids": [], "position_ids": [], "segment_ids": []}
            row["labels"] = []
            rows.append(row)
        number = row["segment_ids"][-1] + 1 if row["segment_ids"] else 1
        row["input_ids"] += s
        row["position_ids"] += range(n)
        row["segment_ids"] += [number] * n
        row["labels"] += [-100, *s[1:]]
    filler = {
        "input_ids": pad_id,
        "position_ids": 0,
        "segment_ids": 0,
        "labels": -100,
    }
    return {
        key: torch.tensor(
            [r[key] + [f] * (max_length - len(r[key])) for r in rows],
            dtype=torch.long,
        ).reshape(len(rows), max_length)
        for key, f in filler.items()
    }


def packing_mask(segment_ids):
    N, L = segment_ids.shape
    mask = torch.zeros(N, L, L, dtype=torch.bool)
    for n in range(N):
        for i in range(L):
            s = segment_ids[n, i]
            if s == 0:
                mask[n, i, i] = True
            else:
                mask[n, i, : i + 1] = segment_ids[n, : i + 1] == s
    return mask
