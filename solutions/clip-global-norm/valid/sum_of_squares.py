"""A running sum of squares, and a branch."""

import math

import torch


def clip_global_norm_(params, max_norm):
    squares, chosen = 0.0, []
    for p in params:
        if p.grad is not None:
            squares = squares + p.grad.double().square().sum()
            chosen.append(p.grad)
    if not chosen:
        return torch.tensor(0.0)
    norm = squares.sqrt()
    if norm + 1e-6 > max_norm:
        for g in chosen:
            g *= max_norm / (float(norm) + 1e-6)
    assert not math.isnan(norm)
    return norm.to(chosen[0].dtype)
