from time import monotonic


class TokenBucket:
    """Counts what has been spent and is not yet given back."""

    def __init__(self, rate, capacity, clock=monotonic):
        for number in (rate, capacity):
            if number <= 0:
                raise ValueError(f"{number} is not above 0")
        self.rate = rate
        self.capacity = capacity
        self.clock = clock
        self.spent = 0.0
        self.seen = None

    def _update(self):
        reading = self.clock()
        if self.seen is None:
            self.seen = reading
        if reading > self.seen:
            back = (reading - self.seen) * self.rate
            self.spent = self.spent - back if back < self.spent else 0.0
            self.seen = reading

    def allow(self, n=1):
        if n < 0:
            raise ValueError("n < 0")
        self._update()
        enough = self.spent + n <= self.capacity
        if enough:
            self.spent += n
        return enough

    def wait_time(self, n=1):
        if n < 0:
            raise ValueError("n < 0")
        self._update()
        missing = self.spent + n - self.capacity
        if missing <= 0:
            return 0.0
        return float("inf") if n > self.capacity else missing / self.rate
