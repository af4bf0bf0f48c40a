import math

import torch


def attention_backward(grad_output, q, k, v, mask=None):
    """Query by query, with the whole Jacobian of softmax."""
    shape = torch.broadcast_shapes(q.shape[:-2], k.shape[:-2])
    tq, tk = q.size(-2), k.size(-2)
    allowed = (
        torch.ones(*shape, tq, tk, dtype=torch.bool)
        if mask is None
        else mask.expand(*shape, tq, tk)
    )
    dq, dk, dv = torch.zeros_like(q), torch.zeros_like(k), torch.zeros_like(v)
    for place in (
        torch.cartesian_prod(*(torch.arange(n) for n in shape))
        .reshape(-1, len(shape))
        .tolist()
        if shape
        else [()]
    ):
        at = tuple(place)
        for i in range(tq):
            keys = allowed[at][i].nonzero().squeeze(-1)
            if len(keys) == 0:
                continue
            p = torch.softmax(k[at][keys] @ q[at][i] / math.sqrt(q.size(-1)), 0)
            jacobian = torch.diag(p) - torch.outer(p, p)
            ds = (
                jacobian
                @ (v[at][keys] @ grad_output[at][i])
                / math.sqrt(q.size(-1))
            )
            dq[at][i] = ds @ k[at][keys]
            dk[at][keys] += torch.outer(ds, q[at][i])
            dv[at][keys] += torch.outer(p, grad_output[at][i])
    return dq, dk, dv
