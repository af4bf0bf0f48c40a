"""ViTEmbeddings of transformers, which projects by a convolution."""

import torch

COUNTERPART = "transformers.models.vit.modeling_vit.ViTEmbeddings"


def pairs(implementation, seed):
    """CLS, then patches, for an image that is not square."""
    from transformers import ViTConfig
    from transformers.models.vit.modeling_vit import ViTEmbeddings

    torch.manual_seed(seed)
    config = ViTConfig(
        image_size=(6, 9), patch_size=3, num_channels=2, hidden_size=8
    )
    theirs = ViTEmbeddings(config).eval()
    ours = implementation.PatchEmbedding((6, 9), 3, 2, 8).eval()
    convolution = theirs.patch_embeddings.projection
    ours.projection.weight.data.copy_(convolution.weight.flatten(1))
    ours.projection.bias.data.copy_(convolution.bias)
    ours.cls_token.data.copy_(theirs.cls_token)
    ours.position.data.copy_(theirs.position_embeddings)
    images = torch.randn(3, 2, 6, 9)
    mine, other = ours(images), theirs(images)
    yield "CLS", mine[:, :1], other[:, :1]
    yield "patches", mine[:, 1:], other[:, 1:]
