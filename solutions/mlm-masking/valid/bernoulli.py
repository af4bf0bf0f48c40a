"""Bernoulli draws and boolean indexing, as libraries do; random ids first, kept tokens last."""

import torch


def mask_tokens(
    ids, special, mask_id, vocab_size, probability=0.15, generator=None
):
    inputs, labels = ids.clone(), ids.clone()
    rates = torch.full(ids.shape, probability).masked_fill(special, 0.0)
    chosen = torch.bernoulli(rates, generator=generator).bool()
    labels[~chosen] = -100
    kind = torch.multinomial(
        torch.tensor([0.8, 0.1, 0.1]),
        ids.numel(),
        replacement=True,
        generator=generator,
    )
    kind = kind.view(ids.shape)
    random = chosen & (kind == 1)
    inputs[random] = torch.randint(
        vocab_size, (int(random.sum()),), generator=generator
    )
    inputs[chosen & (kind == 0)] = mask_id
    return inputs, labels
