import math
import time


class TokenBucket:
    """One number: when the bucket was, or would have been, empty."""

    def __init__(self, rate, capacity, clock=time.monotonic):
        if not (rate > 0 and capacity > 0):
            raise ValueError("must be positive")
        self.rate, self.capacity, self.clock = rate, capacity, clock
        self.latest = -math.inf
        self.empty_at = -math.inf

    def now(self, n):
        if n < 0:
            raise ValueError("n")
        self.latest = max(self.latest, self.clock())
        full = self.capacity / self.rate
        self.empty_at = max(self.empty_at, self.latest - full)
        return self.latest

    def allow(self, n=1):
        now = self.now(n)
        then = self.empty_at + n / self.rate
        if then > now:
            return False
        self.empty_at = then
        return True

    def wait_time(self, n=1):
        now = self.now(n)
        if n > self.capacity:
            return math.inf
        return max(0.0, self.empty_at + n / self.rate - now)
