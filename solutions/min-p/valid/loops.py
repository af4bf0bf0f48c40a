"""Row by row, sorted, with a cut."""

import math

import torch


def min_p_filter(logits, min_p):
    keep = []
    for row in logits.reshape(-1, logits.shape[-1]).tolist():
        top = max(row)
        keep.append([math.exp(z - top) >= min_p for z in row])
    mask = torch.tensor(keep).view(logits.shape)
    return logits.masked_fill(~mask, -math.inf)
