"""`info_nce`: CLIP's loss in transformers, the gradient by hand, and what it must satisfy."""

from __future__ import annotations

import math

import pytest
import torch
import torch.nn.functional as F


def pair(seed, n=6, d=5):
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(2, n, d, generator=generator, dtype=torch.float64)


@pytest.mark.parametrize("seed", range(3))
def test_symmetric_is_the_loss_of_clip(reference, seed):
    clip = pytest.importorskip(
        "transformers.models.clip.modeling_clip",
        reason="oracle library not installed: pip install llmprep[oracles]",
    )
    clip_loss = getattr(clip, "image_text_contrastive_loss", None) or clip.clip_loss  # renamed in 5.x
    images, texts = pair(seed)
    similarity = F.normalize(texts, dim=-1) @ F.normalize(images, dim=-1).T / 0.07
    ours = reference("in-batch-negatives").info_nce(texts, images, 0.07, symmetric=True)
    torch.testing.assert_close(ours, clip_loss(similarity))


@pytest.mark.parametrize("seed", range(3))
def test_the_gradient_of_a_score_is_its_probability_over_the_temperature(reference, seed):
    q, p = F.normalize(pair(seed), dim=-1)
    scores = q @ p.T / 0.3
    (gradient,) = torch.autograd.grad(F.cross_entropy(scores.requires_grad_(True), torch.arange(6)), scores)
    expected = (scores.softmax(-1) - torch.eye(6)) / 6  # ∂L/∂s; the chain rule brings 1/τ
    torch.testing.assert_close(gradient, expected)
    leaf = q.clone().requires_grad_(True)
    (ours,) = torch.autograd.grad(reference("in-batch-negatives").info_nce(leaf, p, 0.3), leaf)
    through_scores = expected @ p / 0.3
    tangent = (
        through_scores - (through_scores * q).sum(-1, keepdim=True) * q
    )  # normalising removes the radial part
    torch.testing.assert_close(ours, tangent.detach())


def test_equal_candidates_cost_log_of_their_number(reference):
    same = torch.ones(7, 3)
    loss = reference("in-batch-negatives").info_nce(same, same, 0.05, torch.ones(5, 3))
    torch.testing.assert_close(loss, torch.tensor(math.log(12)))
