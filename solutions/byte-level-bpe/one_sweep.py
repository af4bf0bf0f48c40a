def encode(text, merges):
    ranks = {tuple(pair): rank for rank, pair in enumerate(merges)}
    stack = []
    for byte in text.encode("utf-8"):
        stack.append(byte)
        while len(stack) > 1 and (stack[-2], stack[-1]) in ranks:
            right, left = stack.pop(), stack.pop()
            stack.append(256 + ranks[left, right])
    return stack


def decode(ids, merges):
    meaning = [bytes([byte]) for byte in range(256)]
    for left, right in merges:
        meaning.append(meaning[left] + meaning[right])
    return b"".join(meaning[i] for i in ids).decode("utf-8", errors="replace")
