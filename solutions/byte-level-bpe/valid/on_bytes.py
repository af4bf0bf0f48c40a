import math
from itertools import pairwise


def encode(text, merges):
    spelled = [bytes([byte]) for byte in range(256)]
    for left, right in merges:
        spelled.append(spelled[left] + spelled[right])
    ids = list(text.encode("utf8"))
    ranks = dict(zip(map(tuple, merges), range(len(merges))))
    while len(ids) >= 2:
        pair = min(pairwise(ids), key=lambda p: ranks.get(p, math.inf))
        if pair not in ranks:
            break
        i = 0
        while i < len(ids) - 1:
            if (ids[i], ids[i + 1]) == pair:
                ids[i : i + 2] = [256 + ranks[pair]]
            i += 1
    return ids


def decode(ids, merges):
    stack, data = list(reversed(ids)), bytearray()
    while stack:
        token = stack.pop()
        if token > 255:
            left, right = merges[token - 256]
            stack += [right, left]
        else:
            data.append(token)
    return data.decode("utf-8", "replace")
