import torch


def unit_prefix(x, k):
    head = x.narrow(1, 0, k)
    return head / head.norm(dim=1, keepdim=True)


def matryoshka_loss(loss_fn, u, v, dims, weights=None):
    d = u.shape[1]
    if weights is not None and len(weights) != len(dims):
        raise ValueError("weights and dims must have the same length")
    for k in dims:
        if not 0 < k <= d:
            raise ValueError(f"{k} is not between 1 and {d}")
    losses = torch.stack(
        [loss_fn(unit_prefix(u, k), unit_prefix(v, k)) for k in dims]
    )
    if weights is None:
        return losses.sum()
    return losses @ torch.tensor(weights, dtype=losses.dtype)
