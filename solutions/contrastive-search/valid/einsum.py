"""Double precision and an explicit double loop over pairs."""

import torch


def candidate_scores(probabilities, candidates, context, alpha):
    penalties = []
    for h in candidates.double():
        cosines = [
            h.dot(x) / (h.dot(h) * x.dot(x)).sqrt() for x in context.double()
        ]
        penalties.append(torch.stack(cosines).max())
    scores = (1 - alpha) * probabilities.double()
    scores = scores - alpha * torch.stack(penalties)
    return scores.to(probabilities.dtype)


def contrastive_search(model, ids, max_new_tokens, k=4, alpha=0.6, eos=None):
    sequence = torch.as_tensor(ids, dtype=torch.int64)[None]
    logits, _ = model(sequence)
    for _ in range(max_new_tokens):
        distribution = torch.softmax(logits[:, -1], dim=-1)[0]
        p, candidates = torch.topk(distribution, k)
        tiled = sequence.repeat(k, 1)
        tiled = torch.hstack([tiled, candidates.view(k, 1)])
        logits, states = model(tiled)
        score = torch.full((k,), -torch.inf)
        for i in range(k):
            score[i] = candidate_scores(
                p[i : i + 1], states[i, -1:], states[i, :-1], alpha
            )
        i = int(score.argmax())
        sequence, logits = tiled[i : i + 1], logits[i : i + 1]
        if sequence[0, -1].item() == eos:
            return sequence[0].tolist()
    return sequence[0].tolist()
