"""Row by row and token by token, in Python numbers."""

import math

import torch


def top_p_filter(logits, p):
    keep = torch.zeros(logits.shape, dtype=torch.bool)
    rows, marks = (
        logits.reshape(-1, logits.size(-1)),
        keep.view(-1, keep.size(-1)),
    )
    for row, mark in zip(rows.tolist(), marks, strict=True):
        top = max(row)
        weights = [math.exp(value - top) for value in row]
        needed = p * sum(weights)
        total = 0.0
        for token in sorted(range(len(row)), key=lambda i: -row[i]):
            mark[token] = True
            total += weights[token]
            if p < 1 and total >= needed:
                break
    return torch.where(keep, logits, -torch.inf)
