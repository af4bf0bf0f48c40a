"""A loop over tokens, as in the authors' script, drawing only what is needed."""

import torch


def mask_tokens(
    ids, special, mask_id, vocab_size, probability=0.15, generator=None
):
    chances = torch.rand(ids.numel(), 3, generator=generator).tolist()
    words = torch.randint(
        0, vocab_size, (ids.numel(),), generator=generator
    ).tolist()
    inputs, labels = [], []
    for token, fixed, (select, replace, randomise), word in zip(
        ids.flatten().tolist(), special.flatten().tolist(), chances, words
    ):
        if fixed or select >= probability:
            inputs.append(token)
            labels.append(-100)
            continue
        labels.append(token)
        if replace < 0.8:
            inputs.append(mask_id)
        elif randomise < 0.5:
            inputs.append(word)
        else:
            inputs.append(token)
    shape = ids.shape
    return torch.tensor(inputs).view(shape), torch.tensor(labels).view(shape)
