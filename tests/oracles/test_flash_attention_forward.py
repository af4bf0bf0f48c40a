"""The tiled forward pass against PyTorch's attention and logsumexp, in float64, for many tilings."""

from __future__ import annotations

import math

import pytest
import torch
from torch.nn import functional

LENGTHS = [(1, 1), (5, 5), (8, 12), (13, 13), (3, 20), (9, 4)]
BLOCKS = [(1, 1), (2, 3), (4, 4), (5, 2), (32, 32)]


@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize(("T_q", "T_k"), LENGTHS)
def test_equals_pytorch(reference, T_q, T_k, causal):
    generator = torch.Generator().manual_seed(T_q * 31 + T_k)
    q, k, v = (
        torch.randn(2, 3, length, width, generator=generator, dtype=torch.float64) * 3
        for length, width in ((T_q, 6), (T_k, 6), (T_k, 5))
    )
    mask = torch.ones(T_q, T_k, dtype=torch.bool)
    if causal:
        mask = mask.tril(diagonal=T_k - T_q)
    sees = mask.any(dim=-1)
    expected = functional.scaled_dot_product_attention(q[:, :, sees], k, v, mask[sees])
    scores = (q @ k.mT / math.sqrt(6)).masked_fill(~mask, -math.inf)
    for block_q, block_k in BLOCKS:
        o, logsumexp = reference("flash-attention-forward").flash_attention(q, k, v, block_q, block_k, causal)
        torch.testing.assert_close(o[:, :, sees], expected)
        assert o[:, :, ~sees].abs().sum() == 0
        torch.testing.assert_close(logsumexp, scores.logsumexp(dim=-1))


def test_bfloat16_is_as_good_as_its_inputs(reference):
    torch.manual_seed(0)
    q, k, v = (torch.randn(1, 2, 300, 8).bfloat16() for _ in range(3))
    o, logsumexp = reference("flash-attention-forward").flash_attention(q, k, v, 32, 16)
    exact = functional.scaled_dot_product_attention(q.double(), k.double(), v.double())
    assert (o.dtype, logsumexp.dtype) == (torch.bfloat16, torch.float32)
    torch.testing.assert_close(o, exact.bfloat16(), rtol=2**-7, atol=1e-6)
