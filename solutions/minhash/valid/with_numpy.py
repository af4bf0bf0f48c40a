import numpy as np

P = (1 << 61) - 1


def shingles(text, n):
    words = text.split()
    return {
        tuple(words[i : i + n])
        for i in range(len(words))
        if i == 0 or i + n <= len(words)
    }


def minhash(items, a, b):
    if not items:
        return [P for _ in a]
    x = np.array(sorted(items), dtype=object)
    table = (np.array(a, dtype=object)[:, None] * x + np.array(b)[:, None]) % P
    return [int(value) for value in table.min(axis=1)]


def similarity(first, second):
    return float(np.mean(np.array(first) == np.array(second)))


def candidate_pairs(signatures, bands):
    table = np.array(signatures)
    if table.shape[1] % bands != 0:
        raise ValueError("uneven")
    found = set()
    for part in np.split(table, bands, axis=1):
        seen = {}
        for i, row in enumerate(part):
            earlier = seen.setdefault(row.tobytes(), [])
            found |= {(j, i) for j in earlier}
            earlier.append(i)
    return sorted(found)
