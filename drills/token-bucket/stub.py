import time
from collections.abc import Callable


class TokenBucket:
    """At most `capacity` tokens, `rate` more per second of `clock`."""

    def __init__(self, rate: float, capacity: float, clock: Callable[[], float] = time.monotonic):
        raise NotImplementedError

    def allow(self, n: float = 1) -> bool:
        """Take n tokens if they are there."""
        raise NotImplementedError

    def wait_time(self, n: float = 1) -> float:
        """Seconds until n tokens are there; takes none."""
        raise NotImplementedError
