import torch


def cosine_top_k(queries, documents, k):
    flat = queries.reshape(-1, queries.size(-1))
    scores, places = [], []
    for query in flat:
        cosines = torch.stack(
            [cosine(query, document) for document in documents]
        )
        best, rows = torch.sort(cosines, descending=True)
        scores.append(best[:k])
        places.append(rows[:k])
    shape = (*queries.shape[:-1], -1)
    return torch.stack(scores).reshape(shape), torch.stack(places).reshape(
        shape
    )


def cosine(a, b):
    if not a.any() or not b.any():
        return (a * b).sum()
    return (a @ b) / (a.square().sum().sqrt() * b.square().sum().sqrt())
