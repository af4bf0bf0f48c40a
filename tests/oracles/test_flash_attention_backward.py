"""The tiled backward pass against autograd through plain attention, in float64, for many tilings."""

from __future__ import annotations

import math

import pytest
import torch

LENGTHS = [(1, 1), (5, 5), (8, 12), (13, 13), (3, 20), (9, 4)]
BLOCKS = [(1, 1), (2, 3), (4, 4), (5, 2), (32, 32)]


@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize(("T_q", "T_k"), LENGTHS)
def test_equals_autograd(reference, T_q, T_k, causal):
    generator = torch.Generator().manual_seed(T_q * 31 + T_k)
    q, k, v, d_o = (
        torch.randn(2, 3, length, width, generator=generator, dtype=torch.float64) * 2
        for length, width in ((T_q, 6), (T_k, 6), (T_k, 5), (T_q, 5))
    )
    mask = torch.ones(T_q, T_k, dtype=torch.bool)
    if causal:
        mask = mask.tril(diagonal=T_k - T_q)
    sees = mask.any(dim=-1)
    inputs = [x.clone().requires_grad_() for x in (q, k, v)]
    scores = (inputs[0] @ inputs[1].mT / math.sqrt(6)).masked_fill(~mask, -math.inf)
    o = torch.zeros_like(d_o)
    o[:, :, sees] = scores[:, :, sees].softmax(dim=-1) @ inputs[2]
    expected = torch.autograd.grad(o, inputs, d_o)
    kept = q, k, v, o.detach(), scores.detach().logsumexp(dim=-1)
    for block_q, block_k in BLOCKS:
        backward = reference("flash-attention-backward").flash_attention_backward
        torch.testing.assert_close(backward(*kept, d_o, block_q, block_k, causal), expected)


def test_takes_what_the_forward_drill_returns(reference):
    torch.manual_seed(1)
    q, k, v, d_o = (torch.randn(2, 3, n, d, dtype=torch.float64) for n, d in ((6, 4), (9, 4), (9, 5), (6, 5)))
    o, logsumexp = reference("flash-attention-forward").flash_attention(q, k, v, 4, 2, True)
    backward = reference("flash-attention-backward").flash_attention_backward
    inputs = [x.clone().requires_grad_() for x in (q, k, v)]
    plain = torch.nn.functional.scaled_dot_product_attention(
        *inputs, torch.ones(6, 9, dtype=torch.bool).tril(diagonal=3)
    )
    expected = torch.autograd.grad(plain, inputs, d_o)
    torch.testing.assert_close(backward(q, k, v, o, logsumexp, d_o, 4, 2, True), expected)
