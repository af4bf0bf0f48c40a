import re
from bisect import bisect_left, bisect_right

END = re.compile(r"(?:[。！？]|[.!?](?=\s|$(?!\n)))(?![.!?。！？])\s*")


def chunk(text, size, overlap=0):
    if overlap < 0 or overlap >= size:
        raise ValueError(f"bad overlap {overlap}")
    cuts = [0]
    for end in sorted(
        {*(m.end() for m in END.finditer(text)), len(text)} - {0}
    ):
        while end - cuts[-1] > size:
            cuts.append(cuts[-1] + size)
        cuts.append(end)
    result, start, last = [], 0, 0
    while last < len(cuts) - 1:
        last = bisect_right(cuts, cuts[start] + size) - 1
        result.append([cuts[start], cuts[last]])
        if last == len(cuts) - 1:
            break
        earliest = max(cuts[last] - overlap, cuts[last + 1] - size)
        start = bisect_left(cuts, earliest)
    return result
