"""Distances against `torch.cdist` and scikit-learn, votes against scikit-learn's classifier."""

from __future__ import annotations

import pytest
import torch


@pytest.mark.parametrize("seed", range(3))
def test_distances_equal_cdist(reference, seed):
    generator = torch.Generator().manual_seed(seed)
    a, b = (torch.randn(n, 6, generator=generator, dtype=torch.float64) for n in (5, 8))
    ours = reference("knn").squared_distances(a, b)
    torch.testing.assert_close(ours, torch.cdist(a, b).square(), rtol=1e-9, atol=1e-10)


def test_cosine_equals_scikit_learn(reference):
    metrics = pytest.importorskip(
        "sklearn.metrics.pairwise", reason="oracle library not installed: pip install llmprep[oracles]"
    )
    a, b = torch.randn(4, 3, dtype=torch.float64), torch.randn(6, 3, dtype=torch.float64)
    a[2] = 0
    ours = reference("knn").cosine_distances(a, b)
    torch.testing.assert_close(ours, torch.from_numpy(metrics.cosine_distances(a.numpy(), b.numpy())))


@pytest.mark.parametrize("metric", ["euclidean", "cosine"])
@pytest.mark.parametrize("k", [1, 2, 5])
def test_votes_equal_scikit_learn(reference, metric, k):
    neighbors = pytest.importorskip(
        "sklearn.neighbors", reason="oracle library not installed: pip install llmprep[oracles]"
    )
    generator = torch.Generator().manual_seed(k)
    train_x = torch.randn(40, 3, generator=generator, dtype=torch.float64)
    train_y = torch.randint(0, 4, (40,), generator=generator)
    x = torch.randn(30, 3, generator=generator, dtype=torch.float64)
    theirs = neighbors.KNeighborsClassifier(k, metric=metric, algorithm="brute")
    expected = theirs.fit(train_x.numpy(), train_y.numpy()).predict(x.numpy())
    ours = reference("knn").knn_predict(train_x, train_y, x, k, metric)
    assert ours.tolist() == expected.tolist()


def test_leave_one_out_leaves_one_out(reference):
    knn = reference("knn")
    train_x, train_y = torch.randn(12, 2, dtype=torch.float64), torch.arange(12) % 3
    ours = knn.knn_predict(train_x, train_y, None, 3)
    for i in range(12):
        rest = [j for j in range(12) if j != i]
        alone = knn.knn_predict(train_x[rest], train_y[rest], train_x[i : i + 1], 3)
        assert ours[i] == alone[0]
