"""Both layouts against complex numbers, and the conversion against what it must keep."""

from __future__ import annotations

import pytest
import torch


def by_complex_numbers(x: torch.Tensor, positions: torch.Tensor, base: float) -> torch.Tensor:
    """Neighbours as one complex number, as in Meta's model.py; float64."""
    width = x.size(-1)
    theta = torch.tensor([base ** (-2 * i / width) for i in range(width // 2)], dtype=torch.float64)
    angles = positions.double().unsqueeze(-1) * theta
    turned = torch.view_as_complex(x.unflatten(-1, (-1, 2))) * torch.polar(torch.ones_like(angles), angles)
    return torch.view_as_real(turned).flatten(-2)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("width", "base"), [(2, 10000.0), (8, 500000.0), (10, 100.0)])
def test_interleaved_is_multiplication_by_complex_numbers(reference, seed, width, base):
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(3, 5, width, generator=generator, dtype=torch.float64)
    positions = torch.randint(0, 50, (5,), generator=generator)
    expected = by_complex_numbers(x, positions, base)
    rotated = reference("rope-layouts").rope_interleaved(x, positions, base)
    torch.testing.assert_close(rotated, expected, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("heads", "width"), [(1, 6), (3, 8), (2, 10)])
def test_conversion_keeps_scores_and_comes_back(reference, seed, heads, width):
    module = reference("rope-layouts")
    generator = torch.Generator().manual_seed(seed)
    weights = torch.randn(2, heads * width, 7, generator=generator, dtype=torch.float64)
    x = torch.randn(5, 7, generator=generator, dtype=torch.float64)
    positions = torch.randint(0, 40, (5,), generator=generator)

    def scores(rotate, w_q, w_k):
        q, k = (
            rotate((x @ w.T).unflatten(-1, (heads, width)).transpose(0, 1), positions) for w in (w_q, w_k)
        )
        return q @ k.mT

    converted = [module.interleaved_to_half_split(weight, heads) for weight in weights]
    trained = scores(module.rope_interleaved, *weights)
    torch.testing.assert_close(scores(module.rope_half_split, *converted), trained, rtol=1e-6, atol=1e-6)
    assert (scores(module.rope_half_split, *weights) - trained).abs().max() > 0.1
    for weight, there in zip(weights, converted, strict=True):
        assert torch.equal(module.half_split_to_interleaved(there, heads), weight)
        assert sorted(map(tuple, there.tolist())) == sorted(map(tuple, weight.tolist()))
