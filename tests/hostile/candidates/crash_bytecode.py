"""Runs bytes that are no bytecode."""


def broken():
    pass


broken.__code__ = broken.__code__.replace(co_code=b"\x64\xff" * 200, co_stacksize=0)


def attention(q, k, v, mask=None):
    return broken()
