"""`PatchEmbedding` against torch's convolution and unfold, gradients included."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("size", "patch"), [((6, 9), 3), ((8, 4), 2), ((5, 5), 5), ((2, 3), 1)])
def test_equals_a_convolution(reference, seed, size, patch):
    torch.manual_seed(seed)
    layer = reference("patch-embedding").PatchEmbedding(size, patch, 2, 7).double()
    for parameter in layer.parameters():
        torch.nn.init.normal_(parameter)
    images, weights = torch.randn(3, 2, *size, dtype=torch.float64), None
    kernel = layer.projection.weight.view(7, 2, patch, patch)
    patches = functional.conv2d(images, kernel, layer.projection.bias, stride=patch).flatten(2).mT
    expected = torch.cat((layer.cls_token.expand(3, 1, 7), patches), dim=1) + layer.position
    found = layer(images)
    torch.testing.assert_close(found, expected)
    weights = torch.randn_like(found)
    parameters = list(layer.parameters())
    gradients = [
        torch.autograd.grad((y * weights).sum(), parameters, retain_graph=True) for y in (found, expected)
    ]
    torch.testing.assert_close(*gradients)
    cut = functional.unfold(images, patch, stride=patch).mT
    torch.testing.assert_close(layer.projection(cut), patches)
