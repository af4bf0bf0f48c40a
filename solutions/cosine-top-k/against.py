"""The semantic search of sentence-transformers."""

import torch

COUNTERPART = "sentence_transformers.util.semantic_search"


def pairs(implementation, seed):
    """Scores and indices of a few collections, also with k above their size."""
    from sentence_transformers.util import semantic_search

    generator = torch.Generator().manual_seed(seed)
    for size, width, k in ((20, 6, 5), (7, 3, 7), (4, 8, 9)):
        queries = 3 * torch.randn(3, width, generator=generator)
        documents = 0.2 * torch.randn(size, width, generator=generator)
        scores, indices = implementation.cosine_top_k(queries, documents, k)
        found = semantic_search(queries, documents, top_k=k)
        theirs = [[hit["score"] for hit in hits] for hits in found]
        yield f"scores, k = {k}", scores, torch.tensor(theirs)
        theirs = [[float(hit["corpus_id"]) for hit in hits] for hits in found]
        yield f"indices, k = {k}", indices.float(), torch.tensor(theirs)
