"""A gigabyte that is one number."""


def attention(q, k, v, mask=None):
    return v.new_zeros(1).expand(10**9)
