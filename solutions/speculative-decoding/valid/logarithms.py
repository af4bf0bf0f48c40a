"""Acceptance by logarithms in double precision."""

import torch


def verify(target, draft, tokens, uniforms):
    k = tokens.numel()
    lp = target[:k].double().log().gather(-1, tokens[:, None]).view(-1)
    lq = draft.double().log().gather(-1, tokens[:, None]).view(-1)
    keep = uniforms.double().log() < lp - lq
    keep &= lp > -torch.inf
    n = k if bool(keep.all()) else int((~keep).nonzero()[0])
    if n < k:
        rest = torch.where(target[n] > draft[n], target[n] - draft[n], 0.0)
        return n, rest / rest.sum()
    return n, target[k].clone()


def speculative_step(target, draft, tokens, generator=None):
    u = torch.stack([torch.rand((), generator=generator) for _ in tokens])
    n, law = verify(target, draft, tokens, u)
    return (
        tokens.tolist()[:n]
        + torch.multinomial(law, 1, generator=generator).tolist()
    )
