"""Inversion of the cumulative distribution, one uniform number per row."""

import torch


def sample(logits, temperature, generator=None):
    if temperature < 0:
        raise ValueError("temperature < 0")
    if temperature == 0:
        return logits.argmax(-1)
    p = torch.softmax(logits.double() / temperature, -1)
    edges = p.cumsum(-1)
    u = torch.rand(*logits.shape[:-1], 1, generator=generator).double()
    return (edges <= u * edges[..., -1:]).sum(-1)
