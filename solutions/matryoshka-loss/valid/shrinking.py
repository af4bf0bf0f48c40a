import torch.nn.functional as F


def matryoshka_loss(loss_fn, u, v, dims, weights=None):
    pairs = dict(
        zip(dims, weights if weights is not None else [1.0] * len(dims))
    )
    if weights is not None and len(weights) != len(dims):
        raise ValueError("one weight for each prefix")
    if any(k < 1 or k > u.shape[-1] for k in dims):
        raise ValueError("prefix out of range")
    loss = 0.0
    for k in sorted(pairs, reverse=True):
        u, v = F.normalize(u[..., :k], dim=-1), F.normalize(v[..., :k], dim=-1)
        loss += pairs[k] * loss_fn(u, v)
    return loss
