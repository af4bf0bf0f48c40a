"""Nested lists that share their parts: small in memory, 10^30 elements when looked at."""


def attention(q, k, v, mask=None):
    wide = [0.0] * 10
    for _ in range(20):
        wide = [wide] * 30
    return wide
