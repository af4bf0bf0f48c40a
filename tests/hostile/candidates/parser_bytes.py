"""Bytes that are no UTF-8."""

value = "ÿþ€"


def attention(q, k, v, mask=None):
    return q.new_zeros(*q.shape[:-1], v.size(-1))
