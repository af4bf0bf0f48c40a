"""Disentangled attention against loops over the paper's formulas, pair by pair."""

from __future__ import annotations

import math

import pytest
import torch


def delta(i: int, j: int, k: int) -> int:
    """The relative distance as DeBERTa defines it, case by case (Eq. 3)."""
    if i - j <= -k:
        return 0
    if i - j >= k:
        return 2 * k - 1
    return i - j + k


def attended(module, x, relative, heads, mask):
    """Eq. 4 for every batch, head, query and key by itself."""
    width, k = x.size(-1) // heads, relative.size(0) // 2
    names = {"q": module.W_q, "k": module.W_k, "v": module.W_v}
    content = {name: x @ matrix.weight.T for name, matrix in names.items()}
    position_q, position_k = relative @ module.W_qr.weight.T, relative @ module.W_kr.weight.T
    output = torch.zeros_like(x)
    for b in range(x.size(0)):
        for head in range(heads):
            columns = slice(head * width, (head + 1) * width)
            q, key, v = (content[name][b, :, columns] for name in "qkv")
            q_r, k_r = position_q[:, columns], position_k[:, columns]
            for i in range(x.size(1)):
                scores = torch.full((x.size(1),), -math.inf, dtype=x.dtype)
                for j in range(x.size(1)):
                    if mask is None or mask[b, i, j]:
                        scores[j] = q[i] @ key[j] + q[i] @ k_r[delta(i, j, k)] + key[j] @ q_r[delta(j, i, k)]
                output[b, i, columns] = (scores / math.sqrt(3 * width)).softmax(0) @ v
    return output


@pytest.mark.parametrize("heads", [1, 3])
@pytest.mark.parametrize(("length", "k"), [(1, 2), (4, 4), (5, 4), (7, 2), (6, 1)])
def test_equals_the_formula(reference, heads, length, k):
    torch.manual_seed(length * 10 + heads)
    module = reference("disentangled-attention").DisentangledSelfAttention(12, heads).double()
    x, relative = torch.randn(2, length, 12).double(), torch.randn(2 * k, 12).double()
    mask = torch.rand(2, length, length) < 0.6
    mask |= torch.eye(length, dtype=torch.bool)
    with torch.no_grad():
        for given in (None, mask):
            expected = attended(module, x, relative, heads, given)
            torch.testing.assert_close(module(x, relative, given), expected, rtol=1e-12, atol=1e-12)


def test_gradients(reference):
    torch.manual_seed(0)
    module = reference("disentangled-attention").DisentangledSelfAttention(4, 2).double()
    x, relative = torch.randn(1, 3, 4).double(), torch.randn(4, 4).double()
    assert torch.autograd.gradcheck(module, (x.requires_grad_(), relative.requires_grad_()))
