P = 2**61 - 1


def shingles(text, n):
    words = text.split()
    if 0 < len(words) < n:
        return {tuple(words)}
    return set(zip(*(words[k:] for k in range(n)), strict=False))


def minhash(items, a, b):
    signature = [P] * len(a)
    for x in items:
        for i in range(len(a)):
            value = (a[i] * x + b[i]) % P
            if value < signature[i]:
                signature[i] = value
    return signature


def similarity(first, second):
    return [x - y for x, y in zip(first, second, strict=True)].count(0) / len(
        second
    )


def candidate_pairs(signatures, bands):
    m = len(signatures[0])
    rows, rest = divmod(m, bands)
    if rest:
        raise ValueError("bands must divide the signature")
    return [
        (i, j)
        for i in range(len(signatures))
        for j in range(i + 1, len(signatures))
        if any(
            signatures[i][k : k + rows] == signatures[j][k : k + rows]
            for k in range(0, m, rows)
        )
    ]
