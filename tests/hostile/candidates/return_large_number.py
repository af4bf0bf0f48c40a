"""A number of a million digits."""


def attention(q, k, v, mask=None):
    return 1 << 10_000_000
