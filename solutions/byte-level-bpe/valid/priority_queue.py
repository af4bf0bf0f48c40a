import heapq
import io


def encode(text, merges):
    rank = {tuple(pair): r for r, pair in enumerate(merges)}
    tokens = list(text.encode())
    following = list(range(1, len(tokens) + 1))
    before = list(range(-1, len(tokens) - 1))
    queue = []

    def offer(i):
        if i >= 0 and following[i] < len(tokens):
            r = rank.get((tokens[i], tokens[following[i]]))
            if r is not None:
                heapq.heappush(queue, (r, i))

    for i in range(len(tokens)):
        offer(i)
    while queue:
        r, i = heapq.heappop(queue)
        j = following[i]
        if (
            tokens[i] is None
            or j >= len(tokens)
            or (tokens[i], tokens[j]) != tuple(merges[r])
        ):
            continue
        tokens[i], tokens[j] = 256 + r, None
        following[i] = following[j]
        if following[j] < len(tokens):
            before[following[j]] = i
        offer(before[i])
        offer(i)
    return [token for token in tokens if token is not None]


def decode(ids, merges):
    table = {byte: bytes([byte]) for byte in range(256)}
    for number, (left, right) in enumerate(merges):
        table[256 + number] = table[left] + table[right]
    stream = io.BytesIO()
    for token in ids:
        stream.write(table[token])
    return stream.getvalue().decode(errors="replace")
