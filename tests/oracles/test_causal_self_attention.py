"""`CausalSelfAttention` against torch's own attention with is_causal, on the same projections."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("batch", "length", "width", "heads"), [(2, 5, 12, 3), (1, 1, 6, 6), (3, 9, 10, 1)])
def test_equals_torch_forwards_and_backwards(reference, seed, batch, length, width, heads):
    torch.manual_seed(seed)
    ours = reference("causal-self-attention").CausalSelfAttention(width, heads).double()
    x = torch.randn(batch, length, width, dtype=torch.float64, requires_grad=True)
    projected = F.linear(x, ours.c_attn.weight, ours.c_attn.bias).view(batch, length, 3, heads, -1)
    q, k, v = projected.permute(2, 0, 3, 1, 4)
    attended = F.scaled_dot_product_attention(q, k, v, is_causal=True)
    expected = ours.c_proj(attended.transpose(1, 2).reshape(x.shape))
    result = ours(x)
    torch.testing.assert_close(result, expected)
    targets = (x, *ours.parameters())
    gradients = [torch.autograd.grad(out.square().sum(), targets) for out in (result, expected)]
    torch.testing.assert_close(*gradients)


@pytest.mark.parametrize("position", [0, 3])
def test_no_output_depends_on_later_inputs(reference, position):
    torch.manual_seed(position)
    ours = reference("causal-self-attention").CausalSelfAttention(12, 3)
    x = torch.randn(2, 6, 12, requires_grad=True)
    (gradient,) = torch.autograd.grad(ours(x)[:, position].sum(), x)
    assert gradient[:, position + 1 :].abs().max() == 0
    assert gradient[:, : position + 1].abs().amin(dim=1).max() > 0
