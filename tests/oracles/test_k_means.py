"""`kmeans` against scikit-learn from the same centers; k-means++ against its probabilities."""

from __future__ import annotations

from collections import Counter

import pytest
import torch


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("iterations", [1, 3, 300])
@pytest.mark.filterwarnings("ignore")  # scikit-learn tells that it has not converged
def test_equals_scikit_learn(reference, seed, iterations):
    cluster = pytest.importorskip(
        "sklearn.cluster", reason="oracle library not installed: pip install llmprep[oracles]"
    )
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(80, 3, generator=generator, dtype=torch.float64)
    theirs = cluster.KMeans(4, init=x[:4].numpy(), n_init=1, max_iter=iterations, tol=0.0, algorithm="lloyd")
    theirs.fit(x.numpy())
    labels, centers, inertia = reference("k-means").kmeans(x, x[:4], iterations)
    torch.testing.assert_close(centers, torch.from_numpy(theirs.cluster_centers_))
    assert labels.tolist() == theirs.labels_.tolist()
    assert inertia.item() == pytest.approx(theirs.inertia_)


def test_the_law_of_k_means_plus_plus(reference):
    torch.manual_seed(0)
    x = torch.tensor([[0.0], [1.0], [3.0]], dtype=torch.float64)
    counts = Counter(tuple(reference("k-means").init_centers(x, 2).flatten().tolist()) for _ in range(20_000))
    squares = {(a, b): (a - b) ** 2 for a in (0.0, 1.0, 3.0) for b in (0.0, 1.0, 3.0)}
    for (a, b), square in squares.items():
        probability = square / sum(squares[a, c] for c in (0.0, 1.0, 3.0)) / 3
        assert counts[a, b] / 20_000 == pytest.approx(probability, abs=0.02)
