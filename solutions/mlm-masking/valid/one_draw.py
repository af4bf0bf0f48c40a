"""One uniform number per token decides everything; another gives the random id."""

import torch


def mask_tokens(
    ids, special, mask_id, vocab_size, probability=0.15, generator=None
):
    u = torch.rand(ids.shape, generator=generator, dtype=torch.float64)
    u = torch.where(special, torch.ones_like(u), u)
    word = (
        torch.rand(ids.shape, generator=generator, dtype=torch.float64)
        * vocab_size
    ).long()
    inputs, labels = ids.clone(), torch.full_like(ids, -100)
    chosen = u < probability
    labels[chosen] = ids[chosen]
    inputs[u < 0.8 * probability] = mask_id
    swapped = (u >= 0.8 * probability) & (u < 0.9 * probability)
    inputs[swapped] = word[swapped]
    return inputs, labels
