"""The reference against the fake quantisation of torch, and against its own promise about the error."""

from __future__ import annotations

import pytest
import torch


@pytest.fixture
def drill(reference):
    return reference("affine-quantisation")


def random(seed: int, shift: float) -> torch.Tensor:
    return torch.randn(40, 9, generator=torch.Generator().manual_seed(seed)) * 3 + shift


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("shift", [-20.0, -1.0, 0.0, 2.0, 20.0])
def test_torch_quantises_alike(drill, seed, shift):
    x = random(seed, shift)
    q, scale, zero_point = drill.quantise(x)
    theirs = torch.fake_quantize_per_tensor_affine(x, float(scale), int(zero_point), 0, 255)
    difference = (drill.dequantise(q, scale, zero_point) - theirs).abs() / scale
    assert difference.max() < 1.001  # torch multiplies by 1/scale, so a value near a tie may go the other way
    assert (difference < 1e-4).float().mean() > 0.99


@pytest.mark.parametrize("bits", range(2, 9))
@pytest.mark.parametrize("shift", [-20.0, 0.0, 5.0])
def test_errors_stay_within_half_a_scale(drill, bits, shift):
    x = random(bits, shift)
    x[3] = 0
    q, scale, zero_point = drill.quantise(x, bits)
    assert q.dtype == torch.uint8
    assert int(q.max()) < 2**bits
    back = drill.dequantise(q, scale, zero_point)
    assert (back[3] == 0).all()
    assert (back - x).abs().max() <= 0.5001 * scale
