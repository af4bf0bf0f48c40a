def chunk(text, size, overlap=0):
    if size <= overlap or overlap < 0:
        raise ValueError("overlap")
    units, buffer = [], ""
    i = 0
    while i < len(text):
        buffer += text[i]
        following = text[i + 1 : i + 2]
        if closes(text[i], following):
            while i + 1 < len(text) and text[i + 1].isspace():
                i += 1
                buffer += text[i]
            units.append(buffer)
            buffer = ""
        i += 1
    if buffer:
        units.append(buffer)
    units = [u[p : p + size] for u in units for p in range(0, len(u), size)]
    chunks, current, position = [], [], 0
    for unit in units:
        if current and sum(map(len, current)) + len(unit) > size:
            chunks.append((position - sum(map(len, current)), position))
            kept = []
            for old in reversed(current):
                if sum(map(len, kept)) + len(old) > overlap:
                    break
                kept.insert(0, old)
            while kept and sum(map(len, kept)) + len(unit) > size:
                kept.pop(0)
            current = kept
        current.append(unit)
        position += len(unit)
    if current:
        chunks.append((position - sum(map(len, current)), position))
    return chunks


def closes(sign, following):
    if following and following in ".!?。！？":
        return False
    return sign in "。！？" or (
        sign in ".!?" and (not following or following.isspace())
    )
