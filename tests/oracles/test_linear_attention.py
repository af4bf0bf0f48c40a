"""`linear_attention` against its T × T weights written out, values and gradients, and step by step."""

from __future__ import annotations

import pytest
import torch


def written_out(q, k, v):
    """Causal attention with weights φ(q)·φ(k), each row divided by its sum."""
    fq, fk = (torch.where(x > 0, x + 1, x.exp()) for x in (q, k))
    weights = (fq.unsqueeze(-2) * fk.unsqueeze(-3)).sum(dim=-1)
    later = torch.arange(q.size(-2)).unsqueeze(-1) < torch.arange(k.size(-2))
    weights = weights.masked_fill(later, 0.0)
    return torch.einsum("...ts,...sv->...tv", weights / weights.sum(dim=-1, keepdim=True), v)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("shape", [(1, 1, 3, 2), (2, 7, 4, 5), (3, 2, 11, 5, 3)])
def test_equals_the_weights_written_out(reference, seed, shape):
    *lead, length, d_k, d_v = shape
    generator = torch.Generator().manual_seed(seed)
    widths = (d_k, d_k, d_v)
    given = [torch.randn(*lead, length, d, generator=generator, dtype=torch.float64) for d in widths]
    q, k, v = (x.requires_grad_(True) for x in given)
    ours, theirs = reference("linear-attention").linear_attention(q, k, v), written_out(q, k, v)
    torch.testing.assert_close(ours, theirs)
    direction = torch.randn(ours.shape, generator=generator, dtype=torch.float64)
    gradients = [torch.autograd.grad((y * direction).sum(), (q, k, v)) for y in (ours, theirs)]
    torch.testing.assert_close(*gradients)


def test_steps_give_the_rows(reference):
    module = reference("linear-attention")
    q, k, v = (torch.randn(2, 9, d, dtype=torch.float64) for d in (4, 4, 3))
    expected, state = written_out(q, k, v), None
    for i in range(9):
        y, state = module.linear_attention_step(q[:, i], k[:, i], v[:, i], state)
        torch.testing.assert_close(y, expected[:, i])
    assert [part.shape for part in state] == [(2, 4, 3), (2, 4)]


def test_a_long_sum_in_bfloat16_does_not_stall(reference):
    module = reference("linear-attention")
    ones = torch.zeros(600, 1).bfloat16()  # φ(0) = 1
    v = torch.cat((torch.zeros(300, 1), torch.ones(300, 1))).bfloat16()
    torch.testing.assert_close(module.linear_attention(ones, ones, v)[-1].item(), 0.5, rtol=1e-2, atol=0)
