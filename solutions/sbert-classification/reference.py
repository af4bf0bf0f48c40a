"""Sentence-BERT, classification objective (Reimers and Gurevych 2019, §3)."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class SBERT(nn.Module):
    """Trained as a classifier of pairs, used through the cosine of u and v.

    One encoder serves both texts (siamese), so u and v lie in the same space.
    """

    def __init__(self, encoder: nn.Module, d: int, num_labels: int):
        super().__init__()
        self.encoder = encoder
        self.classifier = nn.Linear(3 * d, num_labels, bias=False)

    def embed(self, ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Mean over real tokens; ids, mask (B, T) -> (B, d)."""
        hidden = self.encoder(ids, attention_mask)  # (B, T, d)
        real = attention_mask.unsqueeze(-1)  # (B, T, 1)
        return (hidden * real).sum(dim=1) / real.sum(dim=1)

    def forward(
        self, ids_a: Tensor, mask_a: Tensor, ids_b: Tensor, mask_b: Tensor
    ) -> Tensor:
        """Texts (B, T_a) and (B, T_b) -> logits (B, num_labels)."""
        u, v = self.embed(ids_a, mask_a), self.embed(ids_b, mask_b)  # (B, d)
        features = torch.cat((u, v, (u - v).abs()), dim=-1)  # (B, 3·d)
        return self.classifier(features)

    def loss(
        self,
        ids_a: Tensor,
        mask_a: Tensor,
        ids_b: Tensor,
        mask_b: Tensor,
        labels: Tensor,
    ) -> Tensor:
        """Cross-entropy over the softmax of the logits; labels (B,) -> ()."""
        return F.cross_entropy(self(ids_a, mask_a, ids_b, mask_b), labels)

    def similarity(
        self, ids_a: Tensor, mask_a: Tensor, ids_b: Tensor, mask_b: Tensor
    ) -> Tensor:
        """Cosine of u and v, without the classifier -> (B,)."""
        u, v = self.embed(ids_a, mask_a), self.embed(ids_b, mask_b)
        return F.cosine_similarity(u, v, dim=-1)
