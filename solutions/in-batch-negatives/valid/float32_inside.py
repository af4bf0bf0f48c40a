import torch
from torch import nn


def info_nce(
    queries, positives, temperature=0.05, negatives=None, symmetric=False
):
    dtype = queries.dtype
    wide = torch.float64 if dtype == torch.float64 else torch.float32
    q, p = queries.to(wide), positives.to(wide)
    n = q.new_zeros(0, q.size(1)) if negatives is None else negatives.to(wide)
    c = torch.vstack([p, n])
    cos = (q @ c.T) / (q.norm(dim=1)[:, None] * c.norm(dim=1)[None])
    logits = (cos - 1) / temperature
    labels = torch.arange(q.size(0))
    criterion = nn.CrossEntropyLoss()
    losses = [criterion(logits, labels)]
    if symmetric:
        losses.append(criterion(logits[:, : len(p)].t(), labels))
    return torch.stack(losses).mean().to(dtype)
