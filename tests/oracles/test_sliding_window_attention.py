"""The window against torch's attention under a mask of two triangles, and its cost against its promise."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F

from llmprep.judge.cost import measure


def _band(length, window):
    ones = torch.ones(length, length, dtype=torch.bool)
    return ones.tril() & ones.triu(1 - window)


@pytest.mark.parametrize("window", [1, 3, 4, 11, 30])
@pytest.mark.parametrize("lead", [(), (2,), (2, 3)])
def test_equals_torch_forwards_and_backwards(reference, window, lead):
    generator = torch.Generator().manual_seed(window)

    def randn(width):
        values = torch.randn(*lead, 11, width, generator=generator, dtype=torch.float64)
        return values.requires_grad_()

    q, k, v = randn(6), randn(6), randn(5)
    result = reference("sliding-window-attention").sliding_window_attention(q, k, v, window)
    expected = F.scaled_dot_product_attention(q, k, v, attn_mask=_band(11, window))
    torch.testing.assert_close(result, expected)
    gradients = [torch.autograd.grad(out.square().sum(), (q, k, v)) for out in (result, expected)]
    torch.testing.assert_close(*gradients)


@pytest.mark.parametrize(("queries", "keys", "window"), [(7, 7, 3), (3, 8, 4), (1, 9, 2), (4, 6, 10)])
def test_the_mask_is_the_last_rows_of_the_band(reference, queries, keys, window):
    mask = reference("sliding-window-attention").sliding_window_mask(queries, keys, window)
    torch.testing.assert_close(mask, _band(keys, window)[-queries:])


def test_the_work_grows_with_the_length_and_not_its_square(reference):
    def flops(length):
        q, k, v = torch.randn(3, length, 8).unbind()
        attention = reference("sliding-window-attention").sliding_window_attention
        return measure(lambda: attention(q, k, v, 4))["flops"]

    assert flops(256) - flops(128) == 2 * (flops(128) - flops(64))
