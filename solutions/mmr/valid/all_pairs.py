import torch


def mmr(query, documents, k, lam=0.5):
    similarity = torch.cosine_similarity(
        documents[:, None], documents[None], dim=-1
    )
    relevance = torch.cosine_similarity(documents, query[None], dim=-1)
    left, picked = set(range(len(documents))), []
    while left and len(picked) < k:
        if picked:
            redundancy = similarity[:, picked].amax(dim=1)
            score = lam * relevance - (1 - lam) * redundancy
        else:
            score = relevance
        score = score.tolist()
        best = max(left, key=lambda i: score[i])
        left.remove(best)
        picked.append(best)
    return picked
