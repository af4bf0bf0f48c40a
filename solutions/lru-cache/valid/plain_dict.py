MISSING = object()


class LRUCache(dict):
    """A dict remembers the order of insertion."""

    def __init__(self, capacity):
        super().__init__()
        if capacity < 0:
            raise ValueError(capacity)
        self.capacity = capacity

    def get(self, key, default=None):
        value = self.pop(key, MISSING)
        if value is MISSING:
            return default
        self[key] = value
        return value

    def put(self, key, value):
        self.pop(key, None)
        self[key] = value
        if len(self) > self.capacity:
            del self[next(iter(self))]
