"""Whitening of sentence vectors (BERT-whitening, Su et al. 2021, §3)."""

import torch
import torch.nn.functional as F
from torch import Tensor


def mean_pairwise_cosine(vectors: Tensor) -> Tensor:
    """How narrow the cone is: mean cosine over pairs i ≠ j; (N, d) -> ().

    ‖Σ x̂‖² adds up all N² cosines, of which the N with i = j are 1.
    """
    n = len(vectors)
    total = F.normalize(vectors, dim=-1).sum(dim=0)  # (d,)
    return (total.square().sum() - n) / (n * (n - 1))


def fit_whitening(
    vectors: Tensor, k: int | None = None
) -> tuple[Tensor, Tensor]:
    """Mean μ (d,) and W = U·Λ^(−1/2) (d, k) of vectors (N, d)."""
    mean = vectors.mean(dim=0)
    centred = vectors - mean
    covariance = centred.T @ centred / len(vectors)  # (d, d)
    eigenvalues, U = torch.linalg.eigh(covariance)  # rising
    largest, directions = eigenvalues.flip(0)[:k], U.flip(1)[:, :k]
    return mean, directions / largest.sqrt()  # each column by its √λ


def whiten(vectors: Tensor, mean: Tensor, W: Tensor) -> Tensor:
    """(x − μ)·W; vectors (n, d) -> (n, k), uncorrelated, variance 1."""
    return (vectors - mean) @ W
