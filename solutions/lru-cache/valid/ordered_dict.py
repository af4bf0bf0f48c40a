from collections import OrderedDict


class LRUCache:
    def __init__(self, capacity):
        if capacity < 0:
            raise ValueError("capacity must be at least 0")
        self.data = OrderedDict()
        self.capacity = capacity

    def get(self, key, default=None):
        try:
            self.data.move_to_end(key)
        except KeyError:
            return default
        return self.data[key]

    def put(self, key, value):
        self.data[key] = value
        self.data.move_to_end(key)
        while len(self.data) > self.capacity:
            self.data.popitem(last=False)

    def __len__(self):
        return len(self.data)
