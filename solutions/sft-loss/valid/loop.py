"""A loop over the samples, labels written by slices."""

import torch


def sft_loss(logits, ids, prompt_lengths, lengths):
    labels = torch.full_like(ids, -100)
    total, count = (logits * 0).sum(), 0
    for b in range(len(ids)):
        start, stop = int(prompt_lengths[b]), int(lengths[b])
        labels[b, start:stop] = ids[b, start:stop]
        first = max(start, 1)
        if first < stop:
            rows = logits[b, first - 1 : stop - 1].log_softmax(-1)
            picked = rows.gather(-1, ids[b, first:stop, None])
            total = total - picked.sum()
            count += stop - first
    return total / max(count, 1), labels
