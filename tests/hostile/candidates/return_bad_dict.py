"""A dict whose keys never finish being printed."""


class Key:
    def __repr__(self):
        while True:
            pass

    __str__ = __repr__


def attention(q, k, v, mask=None):
    return {Key(): v}
