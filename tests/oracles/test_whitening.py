"""Whitening: scikit-learn's PCA, pairs counted one by one, and an anisotropic cloud before and after."""

from __future__ import annotations

import itertools

import pytest
import torch
import torch.nn.functional as F


def cloud(seed, n=60, d=6, shift=4.0):
    generator = torch.Generator().manual_seed(seed)
    mixing = torch.randn(d, d, generator=generator, dtype=torch.float64)
    offset = shift * torch.randn(1, d, generator=generator, dtype=torch.float64)
    return torch.randn(n, d, generator=generator, dtype=torch.float64) @ mixing + offset


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("k", [None, 3])
def test_cosines_are_those_of_scikit_learn(reference, seed, k):
    decomposition = pytest.importorskip("sklearn.decomposition", reason="scikit-learn is not installed")
    whitening, vectors, others = reference("whitening"), cloud(seed), cloud(seed + 50, n=9)
    mean, W = whitening.fit_whitening(vectors, k)
    theirs = decomposition.PCA(n_components=k, whiten=True, svd_solver="full").fit(vectors.numpy())
    for batch in (vectors, others):
        ours = whitening.whiten(batch, mean, W)
        expected = torch.from_numpy(theirs.transform(batch.numpy()))
        cosines = [F.normalize(x, dim=-1) @ F.normalize(x, dim=-1).T for x in (ours, expected)]
        torch.testing.assert_close(*cosines)
        scale = (60 / 59) ** 0.5  # scikit-learn divides by N − 1
        torch.testing.assert_close(ours.abs(), expected.abs() * scale)


@pytest.mark.parametrize("seed", range(3))
def test_the_covariance_becomes_the_identity(reference, seed):
    whitening, vectors = reference("whitening"), cloud(seed)
    for k in (None, 2):
        white = whitening.whiten(vectors, *whitening.fit_whitening(vectors, k))
        covariance = torch.cov(white.T, correction=0)
        torch.testing.assert_close(covariance, torch.eye(len(covariance), dtype=torch.float64))
        torch.testing.assert_close(white.mean(0), torch.zeros(white.size(1), dtype=torch.float64))


@pytest.mark.parametrize("seed", range(3))
def test_the_mean_cosine_is_the_mean_over_pairs(reference, seed):
    vectors = cloud(seed, n=8)
    pairs = [F.cosine_similarity(a, b, dim=0) for a, b in itertools.combinations(vectors, 2)]
    torch.testing.assert_close(
        reference("whitening").mean_pairwise_cosine(vectors), torch.stack(pairs).mean()
    )


def test_whitening_removes_anisotropy(reference):
    whitening, vectors = reference("whitening"), cloud(0, n=400)
    before = whitening.mean_pairwise_cosine(vectors)
    after = whitening.mean_pairwise_cosine(whitening.whiten(vectors, *whitening.fit_whitening(vectors)))
    assert before > 0.5
    assert after.abs() < 0.01
