"""MatryoshkaLoss of sentence-transformers around two of its losses."""

import torch
import torch.nn.functional as F
from torch import nn

COUNTERPART = "sentence_transformers.sentence_transformer.losses.MatryoshkaLoss"


def pairs(implementation, seed):
    """Ranking and cosine losses, with and without weights."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer import losses

    generator = torch.Generator().manual_seed(seed)
    u, v = torch.randn(2, 5, 8, generator=generator, dtype=torch.float64)
    gold = torch.rand(5, generator=generator)
    model = SentenceTransformer(modules=[Ready()], device="cpu")
    ranking = losses.MultipleNegativesRankingLoss(model)
    cosine = losses.CosineSimilarityLoss(model)

    def theirs(loss, dims, weights=None):
        columns = [{"sentence_embedding": x.clone()} for x in (u, v)]
        return losses.MatryoshkaLoss(model, loss, dims, weights)(columns, gold)

    def ours_ranking(a, b):
        return F.cross_entropy(20 * a @ b.T, torch.arange(len(a)))

    def ours_cosine(a, b):
        return F.mse_loss((a * b).sum(dim=-1), gold.double())

    ours = implementation.matryoshka_loss
    dims, weights = [8, 5, 2], [1.0, 0.5, 0.25]
    yield "ranking", ours(ours_ranking, u, v, dims), theirs(ranking, dims)
    yield "cosine", ours(ours_cosine, u, v, dims), theirs(cosine, dims)
    expected = theirs(ranking, dims, weights)
    yield "weights", ours(ours_ranking, u, v, dims, weights), expected
    expected = theirs(ranking, dims[::-1], weights[::-1])
    rising = ours(ours_ranking, u, v, dims[::-1], weights[::-1])
    yield "rising order", rising, expected


class Ready(nn.Module):
    """A module of a SentenceTransformer that has its vectors already."""

    def forward(self, features):
        return features

    def get_sentence_embedding_dimension(self):
        return 8

    def get_embedding_dimension(self):
        return 8
