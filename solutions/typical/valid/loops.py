"""Row by row in plain Python."""

import math

import torch


def typical_filter(logits, mass):
    rows = []
    for row in logits.reshape(-1, logits.shape[-1]).double().tolist():
        top = max(row)
        total = sum(math.exp(z - top) for z in row)
        log_p = [z - top - math.log(total) for z in row]
        entropy = -sum(math.exp(x) * x for x in log_p if x > -math.inf)
        order = sorted(range(len(row)), key=lambda i: abs(-log_p[i] - entropy))
        keep, reached = [False] * len(row), 0.0
        for i in order:
            if reached < mass or mass == 1:
                keep[i] = True
            reached += math.exp(log_p[i])
        rows.append(keep)
    mask = torch.tensor(rows).view(logits.shape)
    return torch.where(mask, logits, -math.inf)
