"""Calls itself for ever after lifting the limit, through C, so that the stack overflows."""

import sys

sys.setrecursionlimit(2**31 - 1)


class Endless:
    def __getattr__(self, name):
        return getattr(self, name + "x")

    def __repr__(self):
        return repr([self, *sorted([self], key=repr)])


def attention(q, k, v, mask=None):
    return repr(Endless())
