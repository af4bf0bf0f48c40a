"""The fits against `numpy.polyfit`, and against curves whose constants are known."""

from __future__ import annotations

import pytest

np = pytest.importorskip("numpy")


def noisy(seed: int, floor: float = 0.0):
    draw = np.random.default_rng(seed)
    xs = np.sort(10 ** draw.uniform(6, 24, 12))
    return xs.tolist(), (floor + 30 * xs**-0.12 * np.exp(draw.normal(0, 0.1, 12))).tolist()


@pytest.mark.parametrize("seed", range(8))
def test_equals_polyfit(reference, seed):
    xs, ys = noisy(seed)
    slope, intercept = np.polyfit(np.log(xs), np.log(ys), 1)
    assert reference("power-law-fit").fit_power_law(xs, ys) == pytest.approx((np.exp(intercept), -slope))


@pytest.mark.parametrize("seed", range(8))
def test_the_floor_equals_a_search_with_polyfit(reference, seed):
    xs, ys = noisy(seed, floor=1.7)
    floors = [0.0, 0.5, 1.0, 1.5, 1.7, 1.9, 5.0]
    errors = {}
    for floor in floors:
        if floor < min(ys):
            line = np.polyfit(np.log(xs), np.log(np.array(ys) - floor), 1)
            predicted = floor + np.exp(np.polyval(line, np.log(xs)))
            errors[floor] = (float(((predicted - ys) ** 2).sum()), line)
    best = min(errors, key=lambda floor: errors[floor][0])
    slope, intercept = errors[best][1]
    ours = reference("power-law-fit").fit_with_floor(xs, ys, floors)
    assert ours == pytest.approx((best, np.exp(intercept), -slope))


def test_finds_the_constants_of_chinchilla(reference):
    sizes = [7e7 * 2**n for n in range(9)]
    losses = [1.69 + 406.4 * n**-0.34 for n in sizes]
    found = reference("power-law-fit").fit_with_floor(sizes, losses, [1.5, 1.6, 1.69, 1.7, 1.75])
    assert found == pytest.approx((1.69, 406.4, 0.34), rel=1e-6)
