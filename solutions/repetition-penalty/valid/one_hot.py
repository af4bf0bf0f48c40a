"""One-hot counts, and a factor per token; n-grams by trying every token."""

import torch
import torch.nn.functional as F


def repetition_penalty(logits, ids, penalty):
    seen = F.one_hot(ids, logits.size(-1)).amax(dim=1).bool()
    down = logits.clamp(min=0) / penalty + logits.clamp(max=0) * penalty
    return torch.where(seen, down, logits)


def no_repeat_ngram(logits, ids, n):
    result = logits.clone()
    for b, text in enumerate(ids.tolist()):
        grams = {tuple(text[i : i + n]) for i in range(len(text) - n + 1)}
        for v in range(logits.size(-1)):
            if tuple([*text, v][-n:]) in grams:
                result[b, v] = -torch.inf
    return result
