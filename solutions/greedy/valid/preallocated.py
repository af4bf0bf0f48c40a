"""Writes into a tensor of the full length and cuts it at the end."""

import torch


def greedy_decode(model, ids, max_new_tokens, context, eos_id):
    rows, start = ids.shape
    out = torch.full((rows, start + max_new_tokens), eos_id, dtype=torch.int64)
    out[:, :start] = ids
    ended = torch.zeros(rows, dtype=torch.bool)
    end = start
    with torch.no_grad():
        while end < out.shape[1] and not ended.all():
            logits = model(out[:, max(0, end - context) : end])
            best = torch.max(logits[:, -1, :], dim=-1).indices
            out[~ended, end] = best[~ended]
            ended = ended | (best == eos_id)
            end += 1
    return out[:, :end]
