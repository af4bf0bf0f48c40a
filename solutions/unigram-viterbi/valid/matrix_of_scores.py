from itertools import pairwise

import torch


def segment(text, log_probs, unknown_penalty=10.0):
    n = len(text)
    unknown = min(log_probs.values()) - unknown_penalty
    edge = torch.full((n + 1, n + 1), -torch.inf, dtype=torch.float64)
    for start in range(n):
        edge[start, start + 1] = unknown
        for end in range(start + 1, n + 1):
            if text[start:end] in log_probs:
                edge[start, end] = log_probs[text[start:end]]
    best = torch.full((n + 1,), -torch.inf, dtype=torch.float64)
    best[0] = 0
    back = [0] * (n + 1)
    for end in range(1, n + 1):
        score, start = (best + edge[:, end]).max(0)
        best[end], back[end] = score, int(start)
    ends = [n] if n else []
    while ends and back[ends[-1]]:
        ends.append(back[ends[-1]])
    bounds = [0, *reversed(ends)]
    return [text[i:j] for i, j in pairwise(bounds)], best[n].item()
