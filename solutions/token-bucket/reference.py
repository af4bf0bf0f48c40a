"""A token bucket, refilled whenever someone asks (as in RFC 2697)."""

import math
import time
from collections.abc import Callable


class TokenBucket:
    """At most `capacity` tokens, `rate` more per second of `clock`.

    Raises:
        ValueError: unless rate and capacity are above 0.
    """

    def __init__(
        self,
        rate: float,
        capacity: float,
        clock: Callable[[], float] = time.monotonic,
    ):
        if rate <= 0 or capacity <= 0:
            raise ValueError("rate and capacity must be above 0")
        self.rate = rate
        self.capacity = capacity
        self._clock = clock
        self._tokens = float(capacity)
        self._last = clock()  # the latest reading

    def allow(self, n: float = 1) -> bool:
        """Take n tokens if they are there.

        Raises:
            ValueError: for a negative n.
        """
        self._refill(n)
        if self._tokens < n:
            return False
        self._tokens -= n
        return True

    def wait_time(self, n: float = 1) -> float:
        """Seconds until n tokens are there, ∞ for more than the capacity.

        Raises:
            ValueError: for a negative n.
        """
        self._refill(n)
        if n > self.capacity:
            return math.inf
        return max(0.0, n - self._tokens) / self.rate

    def _refill(self, n: float) -> None:
        """Catch up with the clock, before a request for n."""
        if n < 0:
            raise ValueError(f"a request cannot be negative: {n}")
        now = max(self._clock(), self._last)  # a clock may step back
        added = self.rate * (now - self._last)
        self._tokens = min(self.capacity, self._tokens + added)
        self._last = now
