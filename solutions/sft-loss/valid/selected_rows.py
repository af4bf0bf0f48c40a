"""Only rows of logits that predict a response token are looked at."""

import torch.nn.functional as F
from torch import arange


def sft_loss(logits, ids, prompt_lengths, lengths):
    labels = ids.clone()
    steps = arange(ids.size(-1))[None]
    labels[steps < prompt_lengths[:, None]] = -100
    labels[steps >= lengths[:, None]] = -100
    keep = labels[:, 1:] != -100
    if not keep.any():
        return logits.sum() * 0.0, labels
    return F.cross_entropy(logits[:, :-1][keep], labels[:, 1:][keep]), labels
