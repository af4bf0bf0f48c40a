import heapq
import itertools
import math

clock = itertools.count()


class Value:
    """The order of creation is a topological order."""

    def __init__(self, data):
        self.data = float(data)
        self.grad = 0.0
        self.made = next(clock)
        self.recipe = []

    def __lt__(self, other):
        return self.made > other.made

    def _new(self, data, *recipe):
        v = Value(data)
        v.recipe = [(u, d) for u, d in recipe if isinstance(u, Value)]
        return v

    def __add__(self, o):
        return self._new(self.data + num(o), (self, 1), (o, 1))

    def __sub__(self, o):
        return self._new(self.data - num(o), (self, 1), (o, -1))

    def __rsub__(self, o):
        return self._new(o - self.data, (self, -1))

    def __mul__(self, o):
        return self._new(self.data * num(o), (self, num(o)), (o, self.data))

    def __truediv__(self, o):
        q = self.data / num(o)
        return self._new(q, (self, 1 / num(o)), (o, -q / num(o)))

    def __rtruediv__(self, o):
        return self._new(o / self.data, (self, -o / self.data**2))

    def __neg__(self):
        return self._new(-self.data, (self, -1))

    def __pow__(self, n):
        return self._new(self.data**n, (self, n * self.data ** (n - 1)))

    def exp(self):
        return self._new(math.exp(self.data), (self, math.exp(self.data)))

    def log(self):
        return self._new(math.log(self.data), (self, 1 / self.data))

    def tanh(self):
        c = math.cosh(self.data)
        return self._new(math.tanh(self.data), (self, 1 / c / c))

    def relu(self):
        return self._new(max(0.0, self.data), (self, 1 if self.data > 0 else 0))

    __radd__ = __add__
    __rmul__ = __mul__

    def backward(self):
        heap, carried = [self], {self.made: 1.0}
        while heap:
            v = heapq.heappop(heap)  # the youngest first
            g = carried[v.made]
            v.grad += g
            for u, d in v.recipe:
                if u.made not in carried:
                    carried[u.made] = 0.0
                    heapq.heappush(heap, u)
                carried[u.made] += g * d


def num(x):
    return x.data if isinstance(x, Value) else x
