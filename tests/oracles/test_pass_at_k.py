"""`pass_at_k` against all subsets by brute force, exact fractions, and its own unbiasedness."""

from __future__ import annotations

import itertools
from fractions import Fraction
from math import comb

import pytest


@pytest.mark.parametrize("n", range(1, 8))
def test_is_the_share_of_subsets_with_a_right_one(reference, n):
    pass_at_k = reference("pass-at-k").pass_at_k
    for c, k in itertools.product(range(n + 1), range(1, n + 1)):
        subsets = list(itertools.combinations([True] * c + [False] * (n - c), k))
        assert pass_at_k(n, c, k) == pytest.approx(sum(map(any, subsets)) / len(subsets))


@pytest.mark.parametrize(
    ("n", "c", "k"), [(200, 3, 100), (5000, 7, 1200), (100_000, 40, 2000), (900, 850, 60)]
)
def test_equals_exact_fractions(reference, n, c, k):
    exact = 1 - Fraction(comb(n - c, k), comb(n, k))
    assert reference("pass-at-k").pass_at_k(n, c, k) == pytest.approx(float(exact), rel=1e-9)


@pytest.mark.parametrize("p", [0.1, 0.45, 0.9])
def test_is_unbiased(reference, p):
    """Its mean over c ~ Binomial(n, p) is 1 − (1 − p)ᵏ, which the plug-in estimate misses."""
    n, k = 9, 4
    law = [comb(n, c) * p**c * (1 - p) ** (n - c) for c in range(n + 1)]
    pass_at_k = reference("pass-at-k").pass_at_k
    expected = sum(weight * pass_at_k(n, c, k) for c, weight in enumerate(law))
    plug_in = sum(weight * (1 - (1 - c / n) ** k) for c, weight in enumerate(law))
    assert expected == pytest.approx(1 - (1 - p) ** k)
    assert plug_in < expected - 1e-5
