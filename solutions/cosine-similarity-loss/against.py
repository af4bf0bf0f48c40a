"""CosineSimilarityLoss of sentence-transformers, and PyTorch's cosine."""

import torch
from torch import nn

COUNTERPART = "sentence_transformers.sentence_transformer.losses.CosineSimilarityLoss"  # noqa: E501  # fmt: skip


def pairs(implementation, seed):
    """Cosines and losses of random pairs, and with a zero vector."""
    from sentence_transformers.sentence_transformer.losses import (
        CosineSimilarityLoss,
    )

    generator = torch.Generator().manual_seed(seed)
    draw = {"generator": generator, "dtype": torch.float64}
    u, v = torch.randn(6, 5, **draw), torch.randn(6, 5, **draw)
    gold = torch.rand(6, generator=generator)
    objective = CosineSimilarityLoss(nn.Identity())  # asks no model here
    for place in ("random pairs", "with a zero vector"):
        cosines = implementation.cosine_similarity(u, v)
        yield f"cosine, {place}", cosines, torch.cosine_similarity(u, v)
        loss = implementation.cosine_similarity_loss(u, v, gold)
        expected = objective.compute_loss_from_embeddings([u, v], gold)
        yield f"loss, {place}", loss, expected
        u[1] = 0.0
