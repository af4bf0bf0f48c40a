"""One entry at a time, as in the paper's Algorithm 3, in float32 at least."""

import torch


def _wide(x):
    return x if x.dtype == torch.float64 else x.float()


def _step(m, l, x):
    new = torch.where(x > m, x, m)
    safe = torch.where(torch.isinf(new), torch.zeros_like(new), new)
    return new, l * torch.exp(m - safe) + torch.exp(x - safe)


def _run(state, chunk):
    chunk = _wide(chunk)
    m, l = state
    for x in chunk.unbind(-1):
        m, l = _step(m, l, x)
    return m, l


def update(state, chunk):
    if state is None:
        m = torch.full(chunk.shape[:-1], -float("inf"), dtype=chunk.dtype)
        state = m, torch.zeros_like(m)
    m, l = _run((_wide(state[0]), _wide(state[1])), chunk)
    return m.to(chunk.dtype), l.to(chunk.dtype)


def merge(a, b):
    (ma, la), (mb, lb) = a, b
    high, low = torch.maximum(ma, mb), torch.minimum(ma, mb)
    first = ma >= mb
    factor = torch.exp(torch.where(low == -torch.inf, low, low - high))
    return high, torch.where(first, la, lb) + factor * torch.where(
        first, lb, la
    )


def online_softmax(chunks):
    m = torch.full(chunks[0].shape[:-1], -torch.inf)
    state = _wide(m.to(chunks[0].dtype)), _wide(torch.zeros_like(m))
    for chunk in chunks:
        state = _run(state, chunk)
    m, l = state
    m = torch.where(m == -torch.inf, 0, m)
    return tuple(
        (torch.exp(_wide(c) - m[..., None]) / l[..., None]).to(c.dtype)
        for c in chunks
    )
