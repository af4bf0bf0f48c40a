import torch


def cosine_top_k(queries, documents, k):
    scores = torch.cosine_similarity(
        queries.unsqueeze(-2), documents, dim=-1, eps=1e-12
    )
    k = min(k, documents.shape[0])
    found = torch.topk(scores, k)
    return found.values, found.indices
