# coding: rot13
"""An encoding that is none of text."""


def attention(q, k, v, mask=None):
    return q.new_zeros(*q.shape[:-1], v.size(-1))
