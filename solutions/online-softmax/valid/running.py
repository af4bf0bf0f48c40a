"""The loop as an interviewer hears it: the new maximum, the factor, the sum."""

import torch


def update(state, chunk):
    if state is None:
        m = chunk.new_full(chunk.shape[:-1], float("-inf"))
        state = m, m.exp()
    m_old, l_old = state
    m_new = torch.stack([m_old, chunk.amax(-1)]).amax(0)
    empty = torch.isneginf(m_new)
    shift = m_new.masked_fill(empty, 0)
    correction = torch.exp(m_old - shift)
    l_new = correction * l_old + torch.exp(chunk - shift[..., None]).sum(-1)
    return m_new, l_new


def merge(a, b):
    m = torch.where(a[0] < b[0], b[0], a[0])
    l = torch.zeros_like(a[1])
    for m_part, l_part in (a, b):
        factor = torch.where(
            m_part == m, torch.ones_like(m), (m_part - m).exp()
        )
        l = l + l_part * factor
    return m, l


def online_softmax(chunks):
    state = update(None, chunks[0])
    for chunk in chunks[1:]:
        state = update(state, chunk)
    m, l = state
    log_normaliser = (torch.log(l) + m).unsqueeze(-1)
    unseen = torch.isneginf(log_normaliser)
    weights = []
    for chunk in chunks:
        w = torch.exp(chunk - log_normaliser.masked_fill(unseen, 0))
        weights.append(w.masked_fill(unseen, float("nan")))
    return weights
