"""The reference against torch's own quantisation with zero points of 0."""

from __future__ import annotations

import pytest
import torch


@pytest.fixture
def drill(reference):
    return reference("int8-quantisation")


@pytest.mark.parametrize("seed", range(5))
def test_per_tensor(drill, seed):
    x = torch.randn(7, 9, generator=torch.Generator().manual_seed(seed)) * 3
    q, scale = drill.quantise(x)
    theirs = torch.quantize_per_tensor(x, float(scale), 0, torch.qint8)
    assert torch.equal(q, theirs.int_repr())
    torch.testing.assert_close(drill.dequantise(q, scale), theirs.dequantize())


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_per_channel(drill, axis):
    x = torch.randn(3, 4, 5, generator=torch.Generator().manual_seed(axis))
    q, scale = drill.quantise(x, axis)
    zeros = torch.zeros(x.shape[axis], dtype=torch.int64)
    theirs = torch.quantize_per_channel(x, scale.flatten().double(), zeros, axis, torch.qint8)
    assert (q.int() - theirs.int_repr().int()).abs().max() <= 1  # it multiplies by the inverse
    torch.testing.assert_close(drill.dequantise(q, scale), x, rtol=0, atol=float(scale.max()) / 2 + 1e-6)
    assert q.abs().amax() == 127
