"""The reference against numbers packed by Python's own integers, and against an ordinary linear layer."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional as F


@pytest.fixture
def drill(reference):
    return reference("int4-matmul")


def random(*shape: int, seed: int) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


def signed(nibble: int) -> int:
    return int.from_bytes(bytes([nibble << 4]), "big", signed=True) >> 4


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("d_out", "d_in", "group"), [(5, 12, 4), (3, 16, 16), (7, 256, 128)])
def test_bytes_read_by_python_give_the_nearest_codes(drill, seed, d_out, d_in, group):
    w = random(d_out, d_in, seed=seed)
    packed, scale = drill.quantise_int4(w, group)
    for row in range(d_out):
        for column in range(d_in):
            byte = int(packed[row, column // 2])
            code = signed(byte >> 4 if column % 2 else byte & 15)
            step = float(scale[row, column // group])
            assert abs(code) <= 7
            assert abs(code * step - float(w[row, column])) <= 0.5001 * step


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("shape", [(2, 3, 64), (64,), (5, 64)])
def test_the_product_is_a_linear_layer_of_the_rounded_weights(drill, seed, shape):
    w, x = random(10, 64, seed=seed), random(*shape, seed=seed + 9)
    packed, scale = drill.quantise_int4(w, 16)
    steps = scale.repeat_interleave(16, dim=1)
    expected = F.linear(x, torch.round(w / steps) * steps)
    torch.testing.assert_close(drill.matmul_int4(x, packed, scale), expected, rtol=1e-5, atol=1e-5)


def test_smaller_groups_err_less(drill):
    w = random(32, 256, seed=1) * torch.logspace(-1, 1, 256)
    exact = torch.eye(256) @ w.T
    errors = []
    for group in (256, 64, 16, 4):
        errors.append(
            (drill.matmul_int4(torch.eye(256), *drill.quantise_int4(w, group)) - exact).square().mean()
        )
    assert errors == sorted(errors, reverse=True)
