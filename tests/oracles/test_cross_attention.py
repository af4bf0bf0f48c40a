"""`CrossAttention` against torch.nn.MultiheadAttention with kdim and vdim, forwards and backwards."""

from __future__ import annotations

import pytest
import torch
from torch import nn


def _pair(reference, width, memory_width, heads):
    """Ours and torch's module in float64, with equal weights."""
    ours = reference("cross-attention").CrossAttention(width, memory_width, heads).double()
    theirs = nn.MultiheadAttention(
        width, heads, bias=False, kdim=memory_width, vdim=memory_width, batch_first=True, dtype=torch.float64
    )
    for name, target in (
        ("W_q", theirs.q_proj_weight),
        ("W_k", theirs.k_proj_weight),
        ("W_v", theirs.v_proj_weight),
        ("W_o", theirs.out_proj.weight),
    ):
        target.data.copy_(getattr(ours, name).weight.data)
    return ours, theirs


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("batch", "queries", "keys"), [(2, 5, 7), (3, 4, 1), (1, 6, 3)])
def test_equals_torch_forwards_and_backwards(reference, seed, batch, queries, keys):
    torch.manual_seed(seed)
    ours, theirs = _pair(reference, 12, 10, 3)
    x = torch.randn(batch, queries, 12, dtype=torch.float64, requires_grad=True)
    memory = torch.randn(batch, keys, 10, dtype=torch.float64, requires_grad=True)
    real = torch.rand(batch, keys) < 0.6
    real[:, 0] = True
    result, (expected, _) = ours(x, memory, real), theirs(x, memory, memory, key_padding_mask=~real)
    torch.testing.assert_close(result, expected)
    gradients = [torch.autograd.grad(out.square().sum(), (x, memory)) for out in (result, expected)]
    torch.testing.assert_close(*gradients)


def test_what_stands_in_the_padding_does_not_matter(reference):
    ours, _ = _pair(reference, 12, 10, 3)
    x, memory = torch.randn(2, 5, 12, dtype=torch.float64), torch.randn(2, 4, 10, dtype=torch.float64)
    real = torch.tensor([[True, True, False, False], [True, True, True, False]])
    other = torch.where(real[..., None], memory, 100 * torch.randn_like(memory))
    torch.testing.assert_close(ours(x, memory, real), ours(x, other, real))


def test_a_memory_without_real_tokens_gives_zeros_and_finite_gradients(reference):
    ours, _ = _pair(reference, 12, 10, 2)
    x = torch.randn(2, 3, 12, dtype=torch.float64, requires_grad=True)
    memory = torch.randn(2, 4, 10, dtype=torch.float64, requires_grad=True)
    real = torch.tensor([[True] * 4, [False] * 4])
    result = ours(x, memory, real)
    assert result[1].abs().max() == 0
    assert all(gradient.isfinite().all() for gradient in torch.autograd.grad(result.sum(), (x, memory)))
