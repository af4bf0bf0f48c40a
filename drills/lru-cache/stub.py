from typing import Any


class LRUCache:
    """At most `capacity` keys; the least recently used one makes room."""

    def __init__(self, capacity: int):
        raise NotImplementedError

    def get(self, key: Any, default: Any = None) -> Any:
        """The value of `key`, which becomes the most recently used, or `default`."""
        raise NotImplementedError

    def put(self, key: Any, value: Any) -> None:
        """Set the value of `key`, which becomes the most recently used."""
        raise NotImplementedError

    def __len__(self) -> int:
        """The number of keys."""
        raise NotImplementedError
