"""Optimal brain quantisation as written: the column is eliminated from an explicit inverse, in float64."""

import torch


def hessian(x, damping=0.01):
    d = x.shape[-1]
    tokens = x.to(torch.float64).reshape(-1, d)
    h = 2 * torch.einsum("ni,nj->ij", tokens, tokens) / tokens.shape[0]
    dead = torch.diag(h) == 0
    h[dead, dead] = 1
    h = h + damping * torch.diag(h).mean() * torch.eye(d, dtype=h.dtype)
    return h.to(torch.float32)


def gptq(w, h, scale, bits=4):
    top = 2 ** (bits - 1) - 1
    rest = w.double().clone()
    step = scale.double()[:, 0]
    inverse = torch.linalg.inv(h.double())
    q = torch.zeros(w.shape, dtype=torch.int8)
    while rest.shape[1]:
        j = w.shape[1] - rest.shape[1]
        code = torch.clamp((rest[:, 0] / step).round(), -top, top)
        q[:, j] = code.to(torch.int8)
        error = (rest[:, 0] - code * step) / inverse[0, 0]
        rest = rest[:, 1:] - torch.outer(error, inverse[0, 1:])
        inverse = (
            inverse[1:, 1:]
            - torch.outer(inverse[1:, 0], inverse[0, 1:]) / inverse[0, 0]
        )
    return q
