"""Python lists; whether a row has ended is looked up in what was appended."""

import torch


def greedy_decode(model, ids, max_new_tokens, context, eos_id):
    prompts = ids.tolist()
    added = [[] for _ in prompts]
    for _ in range(max_new_tokens):
        if all(eos_id in new for new in added):
            break
        fed = [
            (p + new)[-context:] for p, new in zip(prompts, added, strict=True)
        ]
        with torch.inference_mode():
            last = model(torch.tensor(fed))[:, -1].tolist()
        for new, row in zip(added, last, strict=True):
            new.append(eos_id if eos_id in new else row.index(max(row)))
    whole = [p + new for p, new in zip(prompts, added, strict=True)]
    return torch.tensor(whole)
