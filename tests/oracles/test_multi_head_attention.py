"""`MultiHeadAttention` against torch.nn.MultiheadAttention with the same weights."""

from __future__ import annotations

import pytest
import torch
from torch import nn

SHAPES = [(24, 4, 2, 5, 7), (12, 1, 3, 4, 4), (10, 5, 1, 6, 2)]


def _pair(reference, d_model, num_heads, seed):
    """Ours and torch's module in float64, with equal weights."""
    torch.manual_seed(seed)
    ours = reference("multi-head-attention").MultiHeadAttention(d_model, num_heads).double()
    theirs = nn.MultiheadAttention(d_model, num_heads, bias=False, batch_first=True, dtype=torch.float64)
    with torch.no_grad():
        theirs.in_proj_weight.copy_(torch.cat([ours.W_q.weight, ours.W_k.weight, ours.W_v.weight]))
        theirs.out_proj.weight.copy_(ours.W_o.weight)
    return ours, theirs


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("d_model", "num_heads", "batch", "queries", "keys"), SHAPES)
@pytest.mark.parametrize("masked", [False, True])
def test_equals_torch_forwards_and_backwards(
    reference, seed, d_model, num_heads, batch, queries, keys, masked
):
    ours, theirs = _pair(reference, d_model, num_heads, seed)
    query = torch.randn(batch, queries, d_model, dtype=torch.float64, requires_grad=True)
    key = torch.randn(batch, keys, d_model, dtype=torch.float64, requires_grad=True)
    value = torch.randn(batch, keys, d_model, dtype=torch.float64, requires_grad=True)
    mask = None
    if masked:
        mask = torch.rand(batch, queries, keys) < 0.6
        mask[..., 0] = True
    result = ours(query, key, value, mask)
    blocked = None if mask is None else (~mask).repeat_interleave(num_heads, dim=0)
    expected, _ = theirs(query, key, value, attn_mask=blocked, need_weights=False)
    torch.testing.assert_close(result, expected)
    weights = torch.randn_like(result)
    gradients = [
        torch.autograd.grad((out * weights).sum(), (query, key, value)) for out in (result, expected)
    ]
    torch.testing.assert_close(*gradients)
    (ours_q,) = torch.autograd.grad((ours(query, key, value, mask) * weights).sum(), ours.W_q.weight)
    out, _ = theirs(query, key, value, attn_mask=blocked, need_weights=False)
    (theirs_qkv,) = torch.autograd.grad((out * weights).sum(), theirs.in_proj_weight)
    torch.testing.assert_close(ours_q, theirs_qkv[:d_model])


@pytest.mark.parametrize("shape", [(5, 5), (1, 5, 5), (3, 1, 5)])
def test_a_mask_with_fewer_axes_means_the_same_for_every_sequence_and_head(reference, shape):
    ours, theirs = _pair(reference, 12, 3, seed=0)
    x = torch.randn(3, 5, 12, dtype=torch.float64)
    mask = torch.rand(shape, generator=torch.Generator().manual_seed(1)) < 0.5
    mask[..., 0] = True
    blocked = (~mask).expand(3, 5, 5).repeat_interleave(3, dim=0)
    expected, _ = theirs(x, x, x, attn_mask=blocked, need_weights=False)
    torch.testing.assert_close(ours(x, x, x, mask), expected)


def test_a_query_that_may_attend_to_nothing_gives_zeros_and_finite_gradients(reference):
    ours, _ = _pair(reference, 12, 3, seed=0)
    x = torch.randn(2, 4, 12, dtype=torch.float64, requires_grad=True)
    mask = torch.ones(2, 4, 4, dtype=torch.bool)
    mask[0, 2] = False
    result = ours(x, x, x, mask)
    assert result[0, 2].abs().max() == 0
    assert torch.autograd.grad(result.sum(), x)[0].isfinite().all()


def test_heads_that_do_not_divide_the_width_are_refused(reference):
    with pytest.raises(ValueError, match="divisible"):
        reference("multi-head-attention").MultiHeadAttention(10, 4)
