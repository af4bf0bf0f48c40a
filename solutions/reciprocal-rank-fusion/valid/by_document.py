def reciprocal_rank_fusion(rankings, k=60, weights=None):
    documents = {document for ranking in rankings for document in ranking}
    weights = weights or [1] * len(rankings)

    def score(document):
        return sum(
            w / (k + r.index(document) + 1)
            for r, w in zip(rankings, weights)
            if document in r
        )

    fused = [(document, score(document)) for document in sorted(documents)]
    fused.sort(key=lambda pair: pair[1], reverse=True)
    return fused
