"""`multi_head_attention` in NumPy against torch's attention, with d_k unlike d_v, and on its own promises."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
import torch
import torch.nn.functional as F


def _inputs(seed, batch, length, width, heads, d_k, d_v, out):
    generator = np.random.default_rng(seed)
    shapes = [(width, heads * d_k), (width, heads * d_k), (width, heads * d_v), (heads * d_v, out)]
    return generator.normal(size=(batch, length, width)), [generator.normal(size=shape) for shape in shapes]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("sizes", [(2, 5, 10, 3, 4, 6, 7), (1, 1, 6, 2, 3, 4, 5), (3, 4, 12, 1, 12, 12, 12)])
@pytest.mark.parametrize("causal", [False, True])
def test_equals_torch(reference, seed, sizes, causal):
    x, weights = _inputs(seed, *sizes)
    heads = sizes[3]
    q, k, v = (
        (torch.from_numpy(x) @ torch.from_numpy(weight)).unflatten(-1, (heads, -1)).transpose(1, 2)
        for weight in weights[:3]
    )
    attended = F.scaled_dot_product_attention(q, k, v, is_causal=causal)
    expected = attended.transpose(1, 2).flatten(2) @ torch.from_numpy(weights[3])
    ours = reference("multi-head-attention-numpy").multi_head_attention(x, *weights, heads, causal)
    torch.testing.assert_close(torch.from_numpy(ours), expected)


def test_large_scores_give_neither_nan_nor_a_warning(reference):
    x, weights = _inputs(0, 2, 4, 6, 2, 3, 5, 4)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ours = reference("multi-head-attention-numpy").multi_head_attention(1e3 * x, *weights, 2, True)
    assert np.isfinite(ours).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_dtype_is_kept(reference, dtype):
    x, weights = _inputs(0, 2, 4, 6, 2, 3, 5, 4)
    x, *weights = (array.astype(dtype) for array in (x, *weights))
    ours = reference("multi-head-attention-numpy").multi_head_attention(x, *weights, 2, True)
    assert ours.dtype == dtype
