"""InfoNCE with in-batch negatives (SimCSE 2021, §2; CLIP 2021, §2.3)."""

import torch
import torch.nn.functional as F
from torch import Tensor


def info_nce(
    queries: Tensor,
    positives: Tensor,
    temperature: float = 0.05,
    negatives: Tensor | None = None,
    symmetric: bool = False,
) -> Tensor:
    """Cross-entropy of each query choosing its positive among all candidates.

    Shapes: queries, positives (B, d), negatives (M, d) -> (). Candidates of a
    query are all B positives and all M negatives; scores are cosine / τ.
    """
    q, p = F.normalize(queries, dim=-1), F.normalize(positives, dim=-1)
    own = torch.arange(len(q), device=q.device)  # positive i belongs to query i
    scores = q @ p.T / temperature  # (B, B)
    candidates = scores
    if negatives is not None:
        hard = q @ F.normalize(negatives, dim=-1).T / temperature  # (B, M)
        candidates = torch.cat((scores, hard), dim=1)
    loss = F.cross_entropy(candidates, own)
    if symmetric:  # and each positive chooses its query
        loss = (loss + F.cross_entropy(scores.T, own)) / 2
    return loss
