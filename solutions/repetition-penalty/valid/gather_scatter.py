"""Gather and scatter for the penalty, a dictionary of n-grams per row."""

import torch


def repetition_penalty(logits, ids, penalty):
    score = logits.gather(1, ids)
    score = torch.where(score < 0, score * penalty, score / penalty)
    return logits.scatter(1, ids, score)


def no_repeat_ngram(logits, ids, n):
    banned = torch.zeros(logits.shape, dtype=torch.bool)
    for row, text in enumerate(ids.tolist()):
        endings = {}
        for gram in zip(*(text[i:] for i in range(n)), strict=False):
            endings.setdefault(gram[:-1], set()).add(gram[-1])
        key = tuple(text[len(text) - n + 1 :]) if len(text) >= n else None
        for token in endings.get(key, ()):
            banned[row, token] = True
    return torch.where(banned, -torch.inf, logits)
