"""The Triton kernels against torch's own operators, in Triton's interpreter."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F

import llmprep.judge  # noqa: F401  # says which way kernels run, before Triton is imported

pytest.importorskip("triton", reason="Triton is not installed: pip install llmprep[kernels]")


@pytest.mark.parametrize("shape", [(3, 7), (1, 64), (9, 1), (2, 1000)])
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_softmax(reference, shape, dtype):
    x = torch.randn(shape).mul(20).to(dtype)
    x[0, 1::3] = -float("inf")
    expected = x.float().softmax(-1).to(dtype)
    torch.testing.assert_close(reference("softmax-kernel").softmax(x), expected, rtol=1e-2, atol=1e-6)


@pytest.mark.parametrize(("M", "K", "N"), [(1, 1, 1), (16, 32, 48), (33, 50, 17), (5, 100, 7)])
def test_matmul(reference, M, K, N):
    matmul = reference("matmul-kernel").matmul
    a, b = torch.randn(K, M).T, torch.randn(K, 2 * N)[:, ::2]
    torch.testing.assert_close(matmul(a, b, 16, 32, 64), a @ b, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize(("T_q", "T_k", "d"), [(1, 1, 1), (20, 20, 16), (7, 50, 33)])
def test_attention(reference, T_q, T_k, d, causal):
    q, k, v = torch.randn(2, T_q, d), torch.randn(2, T_k, d), torch.randn(2, T_k, d)
    mask = torch.ones(T_q, T_k, dtype=torch.bool).tril(T_k - T_q) if causal else None
    expected = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
    found = reference("flash-attention-kernel").flash_attention(q, k, v, causal)
    torch.testing.assert_close(found, expected, rtol=1e-4, atol=1e-5)
