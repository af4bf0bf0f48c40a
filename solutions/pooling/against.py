"""The pooling module of sentence-transformers, padding on either side."""

import torch

COUNTERPART = "sentence_transformers.sentence_transformer.modules.Pooling"
THEIR_NAMES = {"cls": "cls", "last": "lasttoken", "mean": "mean", "max": "max"}


def pairs(implementation, seed):
    """Every mode: without padding, padded on the right, on the left."""
    from sentence_transformers.sentence_transformer.modules import Pooling

    generator = torch.Generator().manual_seed(seed)
    hidden = torch.randn(3, 7, 5, generator=generator, dtype=torch.float64)
    right = (torch.arange(7) < torch.tensor([[7], [4], [1]])).long()
    masks = {
        "no padding": torch.ones_like(right),
        "padding right": right,
        "padding left": right.flip(1),
    }
    for mode, name in THEIR_NAMES.items():
        for padding, mask in masks.items():
            features = {"token_embeddings": hidden, "attention_mask": mask}
            theirs = Pooling(5, name)(features)["sentence_embedding"]
            ours = implementation.pool(hidden, mask, mode)
            yield f"{mode}, {padding}", ours, theirs
