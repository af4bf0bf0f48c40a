"""An exception that no `except Exception` catches, and that fails when it is printed."""


class Silent(BaseException):
    def __str__(self):
        raise KeyboardInterrupt

    __repr__ = __str__


def attention(q, k, v, mask=None):
    raise Silent
