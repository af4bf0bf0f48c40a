# coding: undefined
"""An encoding that refuses everything."""


def attention(q, k, v, mask=None):
    return q.new_zeros(*q.shape[:-1], v.size(-1))
