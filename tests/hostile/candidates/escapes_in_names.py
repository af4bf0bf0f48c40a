"""Keys, functions and types whose names are escapes, and a hundred thousand characters long."""

evil = "\x1b[2J\u202e\x9b\r\n" * 20_000
Long = type(evil, (), {})


def attention(q, k, v, mask=None):
    if mask is None:
        return {evil: v, "b" * 90_000: v, "\u202e": v}
    return Long()


attention.__name__ = attention.__qualname__ = evil
