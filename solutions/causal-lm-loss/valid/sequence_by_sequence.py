"""A loop over sequences that adds up sums and counts."""

import torch


def causal_lm_loss(logits, labels, ignore_index=-100):
    total, count = logits.sum() * 0, 0
    for rows, ids in zip(logits, labels, strict=True):
        log_probabilities = rows[:-1].log_softmax(dim=-1)
        places = torch.nonzero(ids[1:] != ignore_index)[:, 0]
        total = total - log_probabilities[places, ids[1:][places]].sum()
        count += places.numel()
    return total / count if count else total
