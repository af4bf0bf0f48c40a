"""Row by row, in double precision, the score only where it is wanted."""

import torch


def log_p(row):
    top = row.max()
    return row - top - (row - top).exp().sum().log()


def contrastive_scores(expert, amateur, alpha=0.1, temperature=1.0):
    V = expert.shape[-1]
    rows = []
    for e, a in zip(expert.reshape(-1, V), amateur.reshape(-1, V), strict=True):
        e, a = log_p(e.double()), log_p(a.double() / temperature)
        row = torch.full_like(e, -torch.inf)
        plausible = e.exp() >= alpha * e.exp().max()
        row[plausible] = e[plausible] - a[plausible]
        rows.append(row)
    return torch.stack(rows).reshape(expert.shape).to(expert.dtype)
