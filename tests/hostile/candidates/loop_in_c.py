"""A loop in C that holds the interpreter's lock."""


def attention(q, k, v, mask=None):
    return sum(range(10**14))
