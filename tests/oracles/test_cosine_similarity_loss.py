"""`cosine_similarity` and its loss: gradients of PyTorch's own, and by hand; zero vectors."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F


def pair(seed, n=5, d=4):
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(2, n, d, generator=generator, dtype=torch.float64).requires_grad_(True)


@pytest.mark.parametrize("seed", range(3))
def test_the_gradient_is_that_of_pytorch(reference, seed):
    gold = torch.linspace(-0.5, 1.0, 5, dtype=torch.float64)
    ours, theirs = pair(seed), pair(seed)
    reference("cosine-similarity-loss").cosine_similarity_loss(*ours, gold).backward()
    F.mse_loss(F.cosine_similarity(*theirs), gold).backward()
    torch.testing.assert_close(ours.grad, theirs.grad, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("seed", range(3))
def test_the_gradient_is_orthogonal_to_the_vector(reference, seed):
    u, v = pair(seed).detach().requires_grad_(True).unbind(0)
    cosines = reference("cosine-similarity-loss").cosine_similarity(u, v)
    (gradient,) = torch.autograd.grad(cosines.sum(), u)
    # ∂cos/∂u = (v̂ − cos·û) / ‖u‖
    expected = (F.normalize(v, dim=-1) - cosines[:, None] * F.normalize(u, dim=-1)) / u.norm(
        dim=-1, keepdim=True
    )
    torch.testing.assert_close(gradient, expected.detach())
    torch.testing.assert_close(
        (gradient * u).sum(-1), torch.zeros(5, dtype=torch.float64), atol=1e-12, rtol=0
    )


def test_a_zero_vector_is_left_alone_where_a_clamp_would_kick_it(reference):
    u, v = torch.zeros(1, 3, requires_grad=True), torch.ones(1, 3)
    gold = torch.ones(1)
    reference("cosine-similarity-loss").cosine_similarity_loss(u, v, gold).backward()
    assert u.grad is not None and u.grad.abs().max() == 0
    (clamped,) = torch.autograd.grad(F.mse_loss(F.cosine_similarity(u, v), gold), u)
    assert clamped.abs().max() > 1e6
