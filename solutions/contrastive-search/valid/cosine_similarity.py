"""cosine_similarity, lists, states kept from pass to pass."""

import torch
import torch.nn.functional as F


def candidate_scores(probabilities, candidates, context, alpha):
    similar = F.cosine_similarity(
        candidates[:, None, :], context[None, :, :], dim=2, eps=0
    )
    worst = similar.max(1).values
    return probabilities - alpha * probabilities - alpha * worst


def contrastive_search(model, ids, max_new_tokens, k=4, alpha=0.6, eos=None):
    out = list(ids)
    logits, hidden = model(torch.tensor([out]))
    row, states = logits[0, -1], hidden[0]
    while len(out) < len(ids) + max_new_tokens:
        p = torch.softmax(row, -1)
        top = torch.argsort(p, descending=True)[:k]
        rows = torch.tensor([[*out, int(v)] for v in top])
        logits, hidden = model(rows)
        values = candidate_scores(p[top], hidden[:, -1], states, alpha)
        winner = max(range(k), key=lambda i: values[i].item())
        out.append(int(top[winner]))
        row = logits[winner, -1]
        states = torch.cat([states, hidden[winner, -1:]])
        if eos is not None and out[-1] == eos:
            break
    return out
