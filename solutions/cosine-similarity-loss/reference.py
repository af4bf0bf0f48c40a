"""The regression objective of Sentence-BERT (Reimers and Gurevych 2019, §3)."""

from torch import Tensor


def cosine_similarity(u: Tensor, v: Tensor) -> Tensor:
    """u·v / (‖u‖·‖v‖) of matching rows; 0 where a vector is zero.

    Shapes: u, v (B, d) -> (B,). A pair with a zero vector has no gradient.
    """
    lengths = u.norm(dim=-1) * v.norm(dim=-1)  # (B,)
    zero = lengths == 0
    cosines = (u * v).sum(dim=-1) / lengths.masked_fill(zero, 1.0)
    return cosines.masked_fill(zero, 0.0)  # again: stops the gradient


def cosine_similarity_loss(u: Tensor, v: Tensor, gold: Tensor) -> Tensor:
    """Mean squared error between cosines and gold scores (B,) -> ()."""
    return (cosine_similarity(u, v) - gold).square().mean()
