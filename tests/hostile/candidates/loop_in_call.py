"""Never returns, and swallows everything that could end it."""


def attention(q, k, v, mask=None):
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue
