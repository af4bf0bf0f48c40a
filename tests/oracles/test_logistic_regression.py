"""Loss and steps against torch's cross-entropy and autograd, the optimum against scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn import functional


def data(seed: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    X = random.normal(size=(40, 3))
    return X, (X @ [1.0, -2.0, 0.5] + random.normal(size=40) > 0.3).astype(int)


@pytest.mark.parametrize("seed", range(3))
def test_steps_equal_autograd(reference, seed):
    X, y = data(seed)
    w, b = torch.zeros(3, dtype=torch.float64), torch.zeros((), dtype=torch.float64)
    model = reference("logistic-regression")
    for steps in range(4):
        ours, bias = model.fit(X, y, 0.5, steps, 0.3)
        np.testing.assert_allclose(ours, w.numpy(), atol=1e-12)
        assert bias == pytest.approx(b.item(), abs=1e-12)
        w.requires_grad_(), b.requires_grad_()
        logits = torch.from_numpy(X) @ w + b
        loss = functional.binary_cross_entropy_with_logits(logits, torch.from_numpy(y).double())
        loss = loss + 0.15 * w.square().sum()
        assert model.loss(X, y, ours, bias, 0.3) == pytest.approx(loss.item())
        by_w, by_b = torch.autograd.grad(loss, (w, b))
        w, b = (w - 0.5 * by_w).detach(), (b - 0.5 * by_b).detach()


def test_the_optimum_is_scikit_learns(reference):
    linear_model = pytest.importorskip(
        "sklearn.linear_model", reason="oracle library not installed: pip install llmprep[oracles]"
    )
    X, y = data(0)
    theirs = linear_model.LogisticRegression(C=1 / (0.2 * len(y)), tol=1e-10).fit(X, y)
    w, b = reference("logistic-regression").fit(X, y, lr=1.0, steps=2000, l2=0.2)
    np.testing.assert_allclose(w, theirs.coef_[0], atol=1e-5)
    assert b == pytest.approx(theirs.intercept_[0], abs=1e-5)
    assert reference("logistic-regression").predict(X, w, b).tolist() == theirs.predict(X).tolist()
