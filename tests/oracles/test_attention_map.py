"""The maps against torch's attention over the identity, the split against NumPy, the costs by counting."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F

SIZES = [(5, 9, 4), (3, 4, 7), (1, 6, 1)]


def _weights(seed, d, d_k):
    generator = torch.Generator().manual_seed(seed)
    return [torch.randn(d, d_k, generator=generator, dtype=torch.float64) for _ in range(2)]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("length", "d", "d_k"), SIZES)
def test_both_maps_are_the_weights_of_torchs_attention(reference, seed, length, d, d_k):
    ours = reference("attention-map")
    W_q, W_k = _weights(seed, d, d_k)
    x = torch.randn(2, length, d, dtype=torch.float64, generator=torch.Generator().manual_seed(seed))
    identity = torch.eye(length, dtype=torch.float64).expand(2, length, length)
    expected = F.scaled_dot_product_attention(x @ W_q, x @ W_k, identity)
    torch.testing.assert_close(ours.attention_map(x, W_q, W_k), expected)
    torch.testing.assert_close(ours.merged_attention_map(x, ours.merge(W_q, W_k), d_k), expected)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("rank", [1, 3, 6])
def test_the_split_is_the_closest_matrix_of_its_rank(reference, seed, rank):
    M = torch.randn(6, 6, dtype=torch.float64, generator=torch.Generator().manual_seed(seed))
    W_q, W_k = reference("attention-map").split(M, rank)
    assert W_q.shape == W_k.shape == (6, rank)
    lost = np.linalg.svd(M.numpy(), compute_uv=False)[rank:]
    assert float((M - W_q @ W_k.T).square().sum()) == pytest.approx(float((lost**2).sum()), abs=1e-12)


def test_a_merged_matrix_has_no_more_rank_than_a_head_is_wide(reference):
    M = reference("attention-map").merge(*_weights(0, 9, 4))
    assert np.linalg.matrix_rank(M.numpy()) == 4


def test_costs_are_what_tensors_of_these_shapes_hold(reference):
    d, d_k, heads = 10, 3, 4
    costs = reference("attention-map").costs(d, d_k, heads)
    two = sum(torch.empty(d, d_k).numel() for _ in ("W_q", "W_k") for _ in range(heads))
    assert costs["parameters"] == (two, heads * torch.empty(d, d).numel())
    assert costs["score"] == (torch.empty(heads, d_k).numel(), torch.empty(heads, d).numel())
    assert costs["cache"] == (torch.empty(heads, d_k).numel(), torch.empty(d).numel())
