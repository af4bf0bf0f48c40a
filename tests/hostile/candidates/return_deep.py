"""A list nested a hundred thousand times."""


def attention(q, k, v, mask=None):
    nested = []
    for _ in range(100_000):
        nested = [nested]
    return nested
