"""The classic form: mark what lies beyond p, then shift the marks by one."""

import torch


def top_p_filter(logits, p):
    sorted_logits, sorted_indices = torch.sort(logits, descending=True)
    cumulative = sorted_logits.double().softmax(dim=-1).cumsum(dim=-1)
    remove = cumulative > p
    remove[..., 1:] = remove[..., :-1].clone()
    remove[..., 0] = False
    if p >= 1.0:
        remove[:] = False
    out = torch.empty_like(logits)
    return out.scatter(
        -1, sorted_indices, sorted_logits.masked_fill(remove, -torch.inf)
    )
