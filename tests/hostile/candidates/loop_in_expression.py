"""A regular expression that backtracks for years."""

import re


def attention(q, k, v, mask=None):
    return re.match(r"(a|a)*b", "a" * 60)
