class LRUCache:
    """Links as dicts of keys, newest first."""

    def __init__(self, capacity):
        if capacity < 0:
            raise ValueError("capacity")
        self.n = capacity
        self.value, self.older, self.newer = {}, {}, {}
        self.newest = self.oldest = None  # lists of one key, or None

    def _cut(self, key):
        newer, older = self.newer.pop(key), self.older.pop(key)
        if newer is None:
            self.newest = older
        else:
            self.older[newer[0]] = older
        if older is None:
            self.oldest = newer
        else:
            self.newer[older[0]] = newer

    def _push(self, key):
        self.newer[key], self.older[key] = None, self.newest
        if self.newest is None:
            self.oldest = [key]
        else:
            self.newer[self.newest[0]] = [key]
        self.newest = [key]

    def get(self, key, default=None):
        if key not in self.value:
            return default
        self._cut(key)
        self._push(key)
        return self.value[key]

    def put(self, key, value):
        if self.n == 0:
            return
        if key in self.value:
            self._cut(key)
        elif len(self.value) == self.n:
            victim = self.oldest[0]
            self._cut(victim)
            del self.value[victim]
        self.value[key] = value
        self._push(key)

    def __len__(self):
        return len(self.value)
