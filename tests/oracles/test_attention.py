"""`attention` against torch's own scaled_dot_product_attention."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("lead", [(), (3,), (2, 4)])
def test_equals_torch_with_and_without_mask(reference, seed, lead):
    generator = torch.Generator().manual_seed(seed)

    def randn(*shape):
        return torch.randn(*lead, *shape, generator=generator, dtype=torch.float64, requires_grad=True)

    q, k, v = randn(5, 8), randn(7, 8), randn(7, 3)
    mask = torch.rand(*lead, 5, 7, generator=generator) < 0.6
    mask[..., 0] = True
    ours = reference("attention").attention
    torch.testing.assert_close(ours(q, k, v), F.scaled_dot_product_attention(q, k, v))
    out, theirs = ours(q, k, v, mask), F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
    torch.testing.assert_close(out, theirs)
    gradients = [torch.autograd.grad(result.square().sum(), (q, k, v)) for result in (out, theirs)]
    torch.testing.assert_close(*gradients)


def test_a_row_with_nothing_to_attend_to_gives_zeros_and_finite_gradients(reference):
    q, k, v = (torch.randn(2, 4, 3, requires_grad=True) for _ in range(3))
    mask = torch.ones(2, 4, 4, dtype=torch.bool)
    mask[0, 2] = False
    out = reference("attention").attention(q, k, v, mask)
    assert out[0, 2].abs().max() == 0
    for gradient in torch.autograd.grad(out.sum(), (q, k, v)):
        assert gradient.isfinite().all()
