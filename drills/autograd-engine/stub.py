from __future__ import annotations


class Value:
    """A number that remembers how it was made; `grad` collects derivatives of results by it."""

    def __init__(self, data: float):
        raise NotImplementedError

    def __add__(self, other: Value | float) -> Value:
        raise NotImplementedError

    def __mul__(self, other: Value | float) -> Value:
        raise NotImplementedError

    def __pow__(self, exponent: float) -> Value:
        raise NotImplementedError

    def exp(self) -> Value:
        raise NotImplementedError

    def log(self) -> Value:
        raise NotImplementedError

    def tanh(self) -> Value:
        raise NotImplementedError

    def relu(self) -> Value:
        raise NotImplementedError

    def backward(self) -> None:
        """Add to the `grad` of every value behind this one its derivative."""
        raise NotImplementedError

    # still missing: -, /, unary -, and plain numbers on the left
