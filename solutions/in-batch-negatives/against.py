"""MultipleNegativesRankingLoss of sentence-transformers."""

import torch
from torch import nn

COUNTERPART = "sentence_transformers.sentence_transformer.losses.MultipleNegativesRankingLoss"  # noqa: E501  # fmt: skip


def pairs(implementation, seed):
    """Pairs alone, with hard negatives, in both directions."""
    from sentence_transformers.sentence_transformer.losses import (
        MultipleNegativesRankingLoss,
    )

    generator = torch.Generator().manual_seed(seed)
    q, p, n, m = torch.randn(4, 6, 8, generator=generator, dtype=torch.float64)

    def theirs(columns, scale, **options):
        objective = MultipleNegativesRankingLoss(
            nn.Identity(), scale=scale, **options
        )
        return objective.compute_loss_from_embeddings(columns, None)

    both = {
        "directions": ("query_to_doc", "doc_to_query"),
        "partition_mode": "per_direction",
    }
    ours = implementation.info_nce
    hard = torch.cat((n, m))
    yield "pairs, scale 20", ours(q, p), theirs([q, p], 20)
    yield "temperature 0.5", ours(q, p, 0.5), theirs([q, p], 2)
    yield "hard negatives", ours(q, p, 0.1, hard), theirs([q, p, n, m], 10)
    expected = theirs([q, p], 20, **both)
    yield "both directions", ours(q, p, symmetric=True), expected
    expected = theirs([q, p, n, m], 20, **both)
    yield "both directions, hard", ours(q, p, 0.05, hard, True), expected
