# coding: no-such-codec
"""An encoding that there is not."""


def attention(q, k, v, mask=None):
    return q.new_zeros(*q.shape[:-1], v.size(-1))
