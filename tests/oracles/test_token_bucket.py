"""`TokenBucket` against a simulation in exact fractions that moves in steps of 1/64 of a second."""

from __future__ import annotations

import math
import random
from fractions import Fraction

import pytest


class Simulation:
    """A bucket that is filled tick by tick."""

    def __init__(self, rate: Fraction, capacity: Fraction):
        self.rate, self.capacity, self.tokens = rate, capacity, capacity

    def pass_ticks(self, ticks: int) -> None:
        for _ in range(ticks):
            self.tokens = min(self.capacity, self.tokens + self.rate / 64)

    def allow(self, n: Fraction) -> bool:
        allowed = self.tokens >= n
        self.tokens -= n if allowed else 0
        return allowed


@pytest.mark.parametrize("seed", range(6))
def test_equals_the_simulation(reference, seed):
    draw, now = random.Random(seed), 0.0
    rate, capacity = Fraction(draw.randrange(1, 64), 8), Fraction(draw.randrange(4, 40), 4)
    bucket = reference("token-bucket").TokenBucket(float(rate), float(capacity), lambda: now)
    simulation = Simulation(rate, capacity)
    for _ in range(200):
        ticks, n = draw.randrange(40), Fraction(draw.randrange(0, 30), 4)
        now += ticks / 64
        simulation.pass_ticks(ticks)
        wait = bucket.wait_time(float(n))
        if n > capacity:
            assert wait == math.inf
        else:
            assert wait == pytest.approx(float(max(Fraction(0), n - simulation.tokens) / rate))
        assert bucket.allow(float(n)) == simulation.allow(n)


def test_in_the_long_run_it_allows_the_rate(reference):
    now = 0.0
    bucket = reference("token-bucket").TokenBucket(5.0, 10.0, lambda: now)
    allowed = 0
    for _ in range(64_000):
        now += 1 / 64
        allowed += bucket.allow()
    assert allowed == pytest.approx(5 * 1000, abs=10)
