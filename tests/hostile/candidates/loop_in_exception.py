"""An exception that never finishes being printed."""


class Endless(Exception):
    def __str__(self):
        while True:
            pass


def attention(q, k, v, mask=None):
    raise Endless
