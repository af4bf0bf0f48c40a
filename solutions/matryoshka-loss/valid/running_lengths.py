def matryoshka_loss(loss_fn, u, v, dims, weights=None):
    dims = list(dims)
    weights = [1] * len(dims) if weights is None else list(weights)
    if len(dims) != len(weights) or not all(
        k in range(1, u.size(1) + 1) for k in dims
    ):
        raise ValueError(dims, weights)
    lengths_u = u.square().cumsum(1).sqrt()
    lengths_v = v.square().cumsum(1).sqrt()
    return sum(
        w
        * loss_fn(
            u[:, :k] / lengths_u[:, k - 1 : k],
            v[:, :k] / lengths_v[:, k - 1 : k],
        )
        for k, w in sorted(zip(dims, weights), reverse=True)
    )
