import torch


def mmr(query, documents, k, lam=0.5):
    rows = torch.arange(documents.shape[0])
    d = documents / documents.pow(2).sum(-1, keepdim=True).sqrt()
    q = query / query.norm()
    chosen = []
    for _ in range(min(k, documents.shape[0])):
        score = d[rows] @ q
        if chosen:
            score = (
                lam * score
                - (1 - lam) * (d[rows] @ d[chosen].t()).max(dim=1)[0]
            )
        best = score.argmax()
        chosen.append(rows[best].item())
        rows = torch.cat([rows[:best], rows[best + 1 :]])
    return chosen
