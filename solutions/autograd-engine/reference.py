"""Reverse-mode differentiation of scalars (Baydin et al. 2018, §3.2)."""

from __future__ import annotations

import math


class Value:
    """A number that remembers what it was made of.

    Attributes:
        data: the number.
        grad: the sum, over all calls of `backward`, of ∂result/∂this.
    """

    def __init__(
        self, data: float, parents: tuple[tuple[Value, float], ...] = ()
    ):
        self.data = float(data)
        self.grad = 0.0
        self._parents = parents  # each with ∂this/∂parent

    def __add__(self, other: Value | float) -> Value:
        other = _value(other)
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other: Value | float) -> Value:
        other = _value(other)
        slopes = (self, other.data), (other, self.data)
        return Value(self.data * other.data, slopes)

    def __pow__(self, exponent: float) -> Value:
        slope = exponent * self.data ** (exponent - 1)
        return Value(self.data**exponent, ((self, slope),))

    def exp(self) -> Value:
        """e to this power."""
        result = math.exp(self.data)
        return Value(result, ((self, result),))

    def log(self) -> Value:
        """The natural logarithm."""
        return Value(math.log(self.data), ((self, 1 / self.data),))

    def tanh(self) -> Value:
        """The hyperbolic tangent."""
        result = math.tanh(self.data)
        return Value(result, ((self, 1 - result**2),))

    def relu(self) -> Value:
        """max(this, 0)."""
        return Value(max(self.data, 0.0), ((self, float(self.data > 0)),))

    def __neg__(self) -> Value:
        return self * -1

    def __sub__(self, other: Value | float) -> Value:
        return self + -other

    def __truediv__(self, other: Value | float) -> Value:
        return self * other**-1

    def __rsub__(self, other: float) -> Value:
        return _value(other) - self

    def __rtruediv__(self, other: float) -> Value:
        return _value(other) / self

    __radd__, __rmul__ = __add__, __mul__

    def backward(self) -> None:
        """Add ∂self/∂v to the `grad` of every value v behind this one."""
        gradients = {self: 1.0}  # of this pass alone
        for value in self._results_first():
            gradient = gradients[value]
            value.grad += gradient
            for parent, slope in value._parents:
                so_far = gradients.get(parent, 0.0)
                gradients[parent] = so_far + slope * gradient

    def _results_first(self) -> list[Value]:
        """All values behind this one, each after everything made of it."""
        order: list[Value] = []
        seen: set[Value] = set()
        stack = [(self, False)]  # a stack of our own: no recursion limit
        while stack:
            value, parents_done = stack.pop()
            if parents_done:
                order.append(value)
            elif value not in seen:
                seen.add(value)
                stack.append((value, True))
                stack.extend((parent, False) for parent, _ in value._parents)
        return order[::-1]


def _value(number: Value | float) -> Value:
    return number if isinstance(number, Value) else Value(number)
