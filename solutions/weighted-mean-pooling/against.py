"""The "weightedmean" mode of the pooling module of sentence-transformers."""

import torch

COUNTERPART = "sentence_transformers.sentence_transformer.modules.Pooling"


def pairs(implementation, seed):
    """Without padding, padded on the right, on the left, and an empty row."""
    from sentence_transformers.sentence_transformer.modules import Pooling

    generator = torch.Generator().manual_seed(seed)
    hidden = torch.randn(3, 7, 5, generator=generator, dtype=torch.float64)
    right = (torch.arange(7) < torch.tensor([[7], [4], [1]])).long()
    masks = {
        "no padding": torch.ones_like(right),
        "padding right": right,
        "padding left": right.flip(1),
        "empty row": right * torch.tensor([[1], [0], [1]]),
    }
    theirs = Pooling(5, "weightedmean")
    for padding, mask in masks.items():
        features = {"token_embeddings": hidden, "attention_mask": mask}
        expected = theirs(features)["sentence_embedding"]
        yield padding, implementation.weighted_mean_pool(hidden, mask), expected
