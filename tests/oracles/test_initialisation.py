"""Initialisations against torch.nn.init: the same numbers from the same generator, so the same law."""

from __future__ import annotations

import math

import pytest
import torch
from torch import nn

SHAPES = [(40, 30), (7, 90), (12, 5, 3), (12, 5, 3, 2)]


@pytest.mark.parametrize("shape", SHAPES)
def test_fans_equal_torch(reference, shape):
    weight = torch.empty(*shape)
    assert tuple(reference("initialisation").fans(weight)) == nn.init._calculate_fan_in_and_fan_out(weight)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("gain", [1.0, math.sqrt(2), 0.3])
@pytest.mark.parametrize("law", ["uniform_", "normal_"])
def test_xavier_equals_torch(reference, shape, gain, law):
    results = []
    for module in (reference("initialisation"), nn.init):
        torch.manual_seed(3)
        results.append(getattr(module, f"xavier_{law}")(nn.Parameter(torch.empty(*shape)), gain))
    torch.testing.assert_close(*results)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("mode", ["fan_in", "fan_out"])
@pytest.mark.parametrize("law", ["uniform_", "normal_"])
def test_kaiming_equals_torch(reference, shape, mode, law):
    results = []
    for module, arguments in ((reference("initialisation"), {}), (nn.init, {"nonlinearity": "relu"})):
        torch.manual_seed(4)
        fill = getattr(module, f"kaiming_{law}")
        results.append(fill(nn.Parameter(torch.empty(*shape)), mode=mode, **arguments))
    torch.testing.assert_close(*results)


def test_keeps_the_second_moment_through_relu_layers(reference):
    torch.manual_seed(0)
    x = torch.randn(256, 400)
    for _ in range(20):
        weight = reference("initialisation").kaiming_normal_(torch.empty(400, 400))
        x = (x @ weight.T).relu()
    # E[z²] = 1 before every ReLU, so ½ after it
    assert 0.25 < x.square().mean() < 1.0
