"""A list that contains itself, and a dict that does."""


def attention(q, k, v, mask=None):
    around = []
    around.append({"again": around, "and": [around] * 1000})
    return around
