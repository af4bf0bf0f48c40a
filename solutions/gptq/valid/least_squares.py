"""Row by row: after each rounding the rest is solved again for the least error of the output."""

import torch


def hessian(x, damping=0.01):
    d = x.shape[-1]
    n = x.numel() // d
    h = torch.zeros(d, d)
    for token in x.reshape(n, d).float():
        h += torch.outer(token, token)
    h *= 2 / n
    for j in range(d):
        if h[j, j] == 0:
            h[j, j] = 1
    return h + torch.eye(d) * (damping * h.trace() / d)


def gptq(w, h, scale, bits=4):
    top = 2 ** (bits - 1) - 1
    h = h.double()
    original = w.double()
    rest = original.clone()
    d_out, d_in = w.shape
    q = torch.zeros(d_out, d_in, dtype=torch.float64)
    for j in range(d_in):
        q[:, j] = (rest[:, j] / scale[:, 0].double()).round().clip(-top, top)
        if j + 1 == d_in:
            break
        error = original[:, : j + 1] - q[:, : j + 1] * scale.double()
        # minimises (w − ŵ) H (w − ŵ)ᵀ over the columns that are still free
        change = torch.linalg.solve(
            h[j + 1 :, j + 1 :], h[j + 1 :, : j + 1] @ error.T
        ).T
        rest[:, j + 1 :] = original[:, j + 1 :] + change
    return q.to(torch.int8)
