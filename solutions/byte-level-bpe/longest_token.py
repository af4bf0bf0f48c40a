def vocabulary(merges):
    meaning = [bytes([byte]) for byte in range(256)]
    for left, right in merges:
        meaning.append(meaning[left] + meaning[right])
    return meaning


def encode(text, merges):
    ids = {token: number for number, token in enumerate(vocabulary(merges))}
    longest = max(map(len, ids))
    data, place, result = text.encode("utf-8"), 0, []
    while place < len(data):
        for size in range(min(longest, len(data) - place), 0, -1):
            if data[place : place + size] in ids:
                result.append(ids[data[place : place + size]])
                place += size
                break
    return result


def decode(ids, merges):
    meaning = vocabulary(merges)
    return b"".join(meaning[i] for i in ids).decode("utf-8", errors="replace")
