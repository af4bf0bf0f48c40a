"""Columns collected in a list; the likeliest token by sorting, EOS by `where`."""

import torch


@torch.inference_mode()
def greedy_decode(model, ids, max_new_tokens, context, eos_id):
    columns = list(ids.unbind(1))
    alive = torch.ones(ids.size(0), dtype=torch.bool)
    for _ in range(max_new_tokens):
        window = torch.stack(columns[-context:], dim=1)
        best = model(window)[:, -1].topk(1).indices[:, 0]
        columns.append(torch.where(alive, best, eos_id))
        alive = alive & (best != eos_id)
        if not alive.any():
            break
    return torch.stack(columns, dim=1).clone()
