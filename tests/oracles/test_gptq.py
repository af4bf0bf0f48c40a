"""The reference against optimal brain quantisation in float64, and that the output errs less."""

from __future__ import annotations

import pytest
import torch


@pytest.fixture
def drill(reference):
    return reference("gptq")


def layer(seed: int, d_out: int, d_in: int, n: int, bits: int):
    """Weights, correlated inputs and the scale of each row, all float64."""
    generator = torch.Generator().manual_seed(seed)

    def normal(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=generator, dtype=torch.float64)

    x = normal(n, d_in) @ normal(d_in, d_in) + normal(n, 1)
    w = normal(d_out, d_in)
    return w, x, w.abs().amax(1, keepdim=True) / (2 ** (bits - 1) - 1)


def eliminated(inverse: list[list[float]], j: int) -> list[list[float]]:
    """The inverse of H without row and column j: Gaussian elimination in the inverse of H."""
    rest = [i for i in range(len(inverse)) if i != j]
    return [[inverse[a][b] - inverse[a][j] * inverse[j][b] / inverse[j][j] for b in rest] for a in rest]


def optimal_brain_quantisation(row: list[float], h: torch.Tensor, scale: float, largest: int):
    """The codes of one row, and how far from a half the closest rounding was."""
    inverse, row, codes, margin = torch.linalg.inv(h).tolist(), list(row), [], 0.5
    while row:
        steps = row[0] / scale
        margin = min(margin, abs(steps % 1 - 0.5))
        code = max(-largest, min(largest, round(steps)))
        error = (row[0] - code * scale) / inverse[0][0]
        row = [row[k] - error * inverse[0][k] for k in range(1, len(row))]
        inverse = eliminated(inverse, 0)
        codes.append(code)
    return codes, margin


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(
    ("d_out", "d_in", "n", "bits"), [(9, 7, 40, 4), (6, 12, 30, 3), (8, 10, 6, 4), (5, 5, 9, 8)]
)
def test_optimal_brain_quantisation_in_fixed_order(drill, seed, d_out, d_in, n, bits):
    w, x, scale = layer(seed, d_out, d_in, n, bits)
    scale *= 0.7  # so that some weights lie beyond the grid
    h = drill.hessian(x)
    q = drill.gptq(w, h, scale.float(), bits)
    compared = 0
    for i in range(d_out):
        codes, margin = optimal_brain_quantisation(
            w[i].tolist(), h.double(), float(scale[i].float()), 2 ** (bits - 1) - 1
        )
        if margin > 2e-3:
            assert q[i].tolist() == codes
            compared += 1
    assert compared >= d_out // 2


@pytest.mark.parametrize("seed", range(4))
def test_the_hessian_is_that_of_the_squared_error(drill, seed):
    _, x, _ = layer(seed, 2, 6, 15, 4)

    def loss(row: torch.Tensor) -> torch.Tensor:
        return (x @ row).square().mean()

    expected = torch.autograd.functional.hessian(loss, torch.zeros(6, dtype=torch.float64))
    torch.testing.assert_close(drill.hessian(x, 0.0).double(), expected, rtol=1e-4, atol=1e-4)


def test_damping_and_dead_channels(drill):
    x = torch.tensor([[[1.0, 0.0, 2.0], [3.0, 0.0, -1.0]]])
    # XᵀX has the diagonal 10, 0, 5 and n is 2, so the mean of 10, 1, 5 is 16/3
    added = 0.3 * 16 / 3
    expected = torch.tensor([[10 + added, 0.0, -1.0], [0.0, 1 + added, 0.0], [-1.0, 0.0, 5 + added]])
    torch.testing.assert_close(drill.hessian(x, 0.3), expected)


@pytest.mark.parametrize("bits", [2, 3, 4])
@pytest.mark.parametrize("seed", range(5))
def test_the_output_errs_less_than_with_rounding_to_nearest(drill, seed, bits):
    w, x, scale = layer(seed, 24, 32, 256, bits)
    largest = 2 ** (bits - 1) - 1
    nearest = torch.round(w / scale).clamp(-largest, largest) * scale
    updated = drill.gptq(w, drill.hessian(x), scale.float(), bits).double() * scale
    exact = x @ w.T
    assert (x @ updated.T - exact).norm() < 0.8 * (x @ nearest.T - exact).norm()
    assert (updated - w).norm() > (nearest - w).norm()  # although the weights themselves err more
