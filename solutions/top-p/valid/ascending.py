"""From the tail: what holds at most 1 − p in all is dropped, as in transformers."""

import torch


def top_p_filter(logits, p):
    if p == 1:
        return logits.clone()
    values, indices = torch.sort(logits.float(), dim=-1)
    tail = values.softmax(-1).cumsum(-1)
    remove = tail <= 1 - p
    remove[..., -1] = False
    mask = remove.gather(-1, indices.argsort(-1))
    return torch.where(mask, torch.full_like(logits, -float("inf")), logits)
