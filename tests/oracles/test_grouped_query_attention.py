"""`grouped_attention` against torch's own operator with `enable_gqa`, and against plain loops."""

from __future__ import annotations

import math

import pytest
import torch
from torch.nn import functional

SHAPES = [(6, 2, 5, 5), (6, 3, 2, 7), (4, 1, 1, 9), (3, 3, 4, 6)]  # H, G, T, S


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("heads", "kv_heads", "length", "keys"), SHAPES)
def test_equals_torch_with_enable_gqa(reference, seed, heads, kv_heads, length, keys):
    torch.manual_seed(seed)
    q = torch.randn(2, heads, length, 8, dtype=torch.float64, requires_grad=True)
    k, v = (torch.randn(2, kv_heads, keys, 8, dtype=torch.float64, requires_grad=True) for _ in range(2))
    mask = torch.ones(length, keys, dtype=torch.bool).tril(keys - length)
    ours = reference("grouped-query-attention").grouped_attention(q, k, v)
    theirs = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask, enable_gqa=True)
    torch.testing.assert_close(ours, theirs)
    gradients = [torch.autograd.grad(out.square().sum(), (q, k, v)) for out in (ours, theirs)]
    torch.testing.assert_close(*gradients)


@pytest.mark.parametrize(("heads", "kv_heads", "length", "keys"), SHAPES)
def test_equals_one_sum_after_another(reference, heads, kv_heads, length, keys):
    torch.manual_seed(7)
    q = torch.randn(2, heads, length, 4, dtype=torch.float64)
    k, v = (torch.randn(2, kv_heads, keys, 4, dtype=torch.float64) for _ in range(2))
    expected = torch.empty_like(q)
    for batch, head, query in torch.cartesian_prod(*(torch.arange(n) for n in q.shape[:3])).tolist():
        group, seen = head // (heads // kv_heads), keys - length + query + 1
        scores = [float(q[batch, head, query] @ key) / math.sqrt(4) for key in k[batch, group, :seen]]
        total = sum(math.exp(score) for score in scores)
        parts = [math.exp(score) / total * v[batch, group, j] for j, score in enumerate(scores)]
        expected[batch, head, query] = torch.stack(parts).sum(0)
    torch.testing.assert_close(reference("grouped-query-attention").grouped_attention(q, k, v), expected)
