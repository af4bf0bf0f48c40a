"""With a last draft row of zeros, bonus and residual are one formula."""

import torch


def verify(target, draft, tokens, uniforms):
    padded = torch.cat((draft, torch.zeros_like(target[:1])))
    ratio = (target[:-1] / draft).gather(1, tokens.unsqueeze(1)).squeeze(1)
    rejected = torch.cat((uniforms >= ratio, torch.tensor([True])))
    n = rejected.int().argmax().item()
    residual = torch.maximum(target[n] - padded[n], torch.zeros(()).to(target))
    return n, torch.nn.functional.normalize(residual, p=1, dim=0)


def speculative_step(target, draft, tokens, generator=None):
    uniforms = torch.empty(tokens.shape).uniform_(generator=generator)
    n, law = verify(target, draft, tokens, uniforms)
    noise = torch.empty_like(law).exponential_(generator=generator)
    return [int(x) for x in tokens[:n]] + [int((law / noise).argmax())]
