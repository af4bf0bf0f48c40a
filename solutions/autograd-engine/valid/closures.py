import math


class Value:
    def __init__(self, data, inputs=(), back=None):
        self.data, self.grad = float(data), 0.0
        self.inputs, self.back = inputs, back

    @staticmethod
    def lift(x):
        return x if isinstance(x, Value) else Value(x)

    def __add__(self, o):
        o = Value.lift(o)
        return Value(self.data + o.data, (self, o), lambda g: (g, g))

    def __sub__(self, o):
        o = Value.lift(o)
        return Value(self.data - o.data, (self, o), lambda g: (g, -g))

    def __mul__(self, o):
        o = Value.lift(o)
        a, b = self.data, o.data
        return Value(a * b, (self, o), lambda g: (g * b, g * a))

    def __truediv__(self, o):
        o = Value.lift(o)
        a, b = self.data, o.data
        return Value(a / b, (self, o), lambda g: (g / b, -g * a / b / b))

    def __pow__(self, n):
        x = self.data
        return Value(x**n, (self,), lambda g: (g * n * x ** (n - 1),))

    def __neg__(self):
        return Value(-self.data, (self,), lambda g: (-g,))

    def __radd__(self, o):
        return Value.lift(o) + self

    def __rsub__(self, o):
        return Value.lift(o) - self

    def __rmul__(self, o):
        return Value.lift(o) * self

    def __rtruediv__(self, o):
        return Value.lift(o) / self

    def exp(self):
        e = math.exp(self.data)
        return Value(e, (self,), lambda g: (g * e,))

    def log(self):
        x = self.data
        return Value(math.log(x), (self,), lambda g: (g / x,))

    def tanh(self):
        y = math.tanh(self.data)
        return Value(y, (self,), lambda g: (g * (1 - y * y),))

    def relu(self):
        on = self.data > 0
        y = self.data if on else 0.0
        return Value(y, (self,), lambda g: (g if on else 0.0,))

    def backward(self):
        """Kahn's algorithm: wait for all users."""
        users, found = {}, {id(self): self}
        todo = [self]
        while todo:
            for v in todo.pop().inputs:
                users[id(v)] = users.get(id(v), 0) + 1
                if id(v) not in found:
                    found[id(v)] = v
                    todo.append(v)
        g = dict.fromkeys(found, 0.0)
        g[id(self)] = 1.0
        ready = [self]
        while ready:
            v = ready.pop()
            v.grad += g[id(v)]
            if not v.inputs:
                continue
            for u, part in zip(v.inputs, v.back(g[id(v)])):
                g[id(u)] += part
                users[id(u)] -= 1
                if users[id(u)] == 0:
                    ready.append(u)
