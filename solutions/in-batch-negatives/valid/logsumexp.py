import torch


def unit(x):
    return x / x.square().sum(-1, keepdim=True).sqrt()


def info_nce(
    queries, positives, temperature=0.05, negatives=None, symmetric=False
):
    everything = (
        positives if negatives is None else torch.cat([positives, negatives])
    )
    B = queries.shape[0]
    s = torch.einsum("id,jd->ij", unit(queries), unit(everything)).div(
        temperature
    )
    right = s.diagonal()
    forward = (s.logsumexp(1) - right).mean()
    if not symmetric:
        return forward
    backward = (s[:, :B].logsumexp(0) - right).mean()
    return 0.5 * (forward + backward)
