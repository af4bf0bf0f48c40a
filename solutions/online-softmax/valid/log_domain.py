"""The normaliser is kept as one number, log Σ exp, and split into m and l on the way out."""

import torch

NOTHING = -torch.inf


def _log_add(x, y):
    high = torch.maximum(x, y)
    gap = torch.where(high == NOTHING, 0.0, (x - y).abs())
    gap = torch.where(high == NOTHING, torch.inf, gap)
    return high + torch.log1p(torch.exp(-gap))


def _split(m, log_sum):
    l = torch.exp(torch.where(m == NOTHING, 0, log_sum - m))
    return m, torch.where(m == NOTHING, torch.zeros_like(l), l)


def update(state, chunk):
    m, _ = chunk.detach().max(-1)
    shift = torch.where(m == NOTHING, torch.zeros_like(m), m)
    own = m, torch.exp(chunk - shift[..., None]).sum(-1)
    return own if state is None else merge(state, own)


def merge(a, b):
    joined = _log_add(a[0] + a[1].log(), b[0] + b[1].log())
    return _split(torch.where(a[0] > b[0], a[0], b[0]), joined)


def online_softmax(chunks):
    m = None
    for chunk in chunks:
        top = chunk.detach().amax(-1, keepdim=True)
        m = top if m is None else torch.maximum(m, top)
    m = torch.nan_to_num(m, neginf=0.0)
    total = sum(torch.exp(c - m).sum(-1, keepdim=True) for c in chunks)
    return [torch.exp(c - m).div(total) for c in chunks]
