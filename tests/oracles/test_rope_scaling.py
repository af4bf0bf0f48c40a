"""What each way of stretching promises, checked without any formula of its own."""

from __future__ import annotations

import math

import pytest
import torch


def plain(width: int, base: float) -> torch.Tensor:
    return torch.tensor([base ** (-2 * i / width) for i in range(width // 2)], dtype=torch.float64)


@pytest.mark.parametrize("width", [4, 16, 128])
@pytest.mark.parametrize(("factor", "base"), [(2.0, 10000.0), (8.0, 500000.0)])
def test_ntk_keeps_the_first_pair_and_slows_the_last_by_the_factor(reference, width, factor, base):
    frequencies = reference("rope-scaling").ntk_frequencies(width, factor, base).double()
    slower = plain(width, base) / frequencies
    assert slower[0].item() == pytest.approx(1.0)
    assert slower[-1].item() == pytest.approx(factor, rel=1e-4)
    steps = slower[1:] / slower[:-1]
    torch.testing.assert_close(steps, steps[:1].expand_as(steps), rtol=1e-4, atol=0)


@pytest.mark.parametrize(("width", "length", "base"), [(128, 4096, 10000.0), (64, 2048, 500000.0)])
def test_yarn_keeps_pairs_of_many_turns_and_interpolates_those_of_less_than_one(
    reference, width, length, base
):
    theta = plain(width, base)
    turns = theta * length / (2 * math.pi)
    frequencies, _ = reference("rope-scaling").yarn_frequencies(width, 8.0, length, base)
    slower = theta / frequencies.double()
    one_pair = (theta[0] / theta[1]).item()  # rounding moves each end by up to one index
    torch.testing.assert_close(
        slower[turns > 32 * one_pair], torch.ones((turns > 32 * one_pair).sum()).double()
    )
    below = turns < 1 / one_pair
    torch.testing.assert_close(
        slower[below], torch.full((int(below.sum()),), 8.0).double(), rtol=1e-5, atol=0
    )
    assert (slower.diff() >= -1e-6).all()
    assert ((slower > 1.001) & (slower < 7.999)).any()


def test_interpolated_positions_stay_within_the_trained_ones(reference):
    frequencies = reference("rope-scaling").linear_frequencies(32, 4.0).double()
    torch.testing.assert_close(4096 * 4 * frequencies, 4096 * plain(32, 10000.0), rtol=1e-5, atol=0)
