"""Prompt tuning, the input layer (Lester et al. 2021, §2)."""

import torch
from torch import Tensor, nn

IGNORED = -100  # the label that cross-entropy skips


class SoftPrompt(nn.Module):
    """P trainable vectors in front of the embeddings of a frozen table.

    Shapes: ids (B, T) -> embeddings (B, P + T, d); prompt (P, d).
    """

    def __init__(
        self,
        embedding: nn.Embedding,
        length: int,
        init_ids: Tensor | None = None,
    ):
        super().__init__()
        self.embedding = embedding.requires_grad_(False)
        if init_ids is None:
            ids = torch.randint(embedding.num_embeddings, (length,))
        else:
            ids = init_ids[torch.arange(length) % len(init_ids)]
        self.prompt = nn.Parameter(embedding(ids))  # a copy, no view

    def forward(
        self,
        ids: Tensor,
        mask: Tensor | None = None,
        labels: Tensor | None = None,
    ) -> tuple[Tensor, Tensor, Tensor | None]:
        """What runs over positions gets P more in front."""
        front = (ids.size(0), self.prompt.size(0))  # (B, P)
        prompt = self.prompt.expand(front[0], -1, -1)  # (B, P, d)
        embeddings = torch.cat([prompt, self.embedding(ids)], dim=1)
        if mask is None:
            mask = torch.ones_like(ids)
        mask = torch.cat([mask.new_ones(front), mask], dim=1)
        if labels is not None:
            ignored = labels.new_full(front, IGNORED)
            labels = torch.cat([ignored, labels], dim=1)
        return embeddings, mask, labels
