"""A line of the file itself that reverses text and hides a part."""


def attention(q, k, v, mask=None):
    return q @ k  # ‮ sdrawkcab ⁦ hidden ⁩ ​ [2J
