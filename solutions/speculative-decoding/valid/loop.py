"""Token by token, by products instead of quotients, and inverse sampling."""

import torch


def verify(target, draft, tokens, uniforms):
    for i, token in enumerate(tokens.tolist()):
        if not uniforms[i] * draft[i, token] < target[i, token]:
            gap = torch.relu(target[i] - draft[i])
            return i, gap / gap.sum()
    return len(tokens), target[-1]


def speculative_step(target, draft, tokens, generator=None):
    u = torch.rand(len(tokens) + 1, generator=generator, dtype=torch.float64)
    n, law = verify(target, draft, tokens, u[:-1])
    new = torch.searchsorted(
        law.double().cumsum(0), u[-1] * law.double().sum(), right=True
    )
    return [*tokens[:n].tolist(), min(int(new), len(law) - 1)]
