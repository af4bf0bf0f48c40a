"""An LRU cache: a dict finds entries, a doubly linked list orders them."""

from __future__ import annotations

from typing import Any


class LRUCache:
    """At most `capacity` keys; the least recently used one makes room.

    Raises:
        ValueError: for a negative capacity.
    """

    def __init__(self, capacity: int):
        if capacity < 0:
            raise ValueError(f"a capacity cannot be negative: {capacity}")
        self.capacity = capacity
        self._nodes: dict[Any, _Node] = {}
        # a ring: after the sentinel comes the oldest, before it the newest
        self._sentinel = _Node(None, None)

    def get(self, key: Any, default: Any = None) -> Any:
        """The value of `key`, now the most recently used, or `default`."""
        node = self._nodes.get(key)
        if node is None:
            return default
        node.unlink()
        node.link_before(self._sentinel)
        return node.value

    def put(self, key: Any, value: Any) -> None:
        """Set the value of `key`, now the most recently used."""
        node = self._nodes.get(key)
        if node is None:
            node = self._nodes[key] = _Node(key, value)
        node.value = value
        node.unlink()
        node.link_before(self._sentinel)
        if len(self._nodes) > self.capacity:
            oldest = self._sentinel.next
            oldest.unlink()
            del self._nodes[oldest.key]

    def __len__(self) -> int:
        return len(self._nodes)


class _Node:
    """An entry; on its own it is a ring of one."""

    def __init__(self, key: Any, value: Any):
        self.key, self.value = key, value
        self.previous = self.next = self

    def unlink(self) -> None:
        self.previous.next, self.next.previous = self.next, self.previous

    def link_before(self, other: _Node) -> None:
        self.previous, self.next = other.previous, other
        self.previous.next = self.next.previous = self
