def encode(text, merges):
    ids = bytearray(text, "utf-8")
    ids = [*ids]
    for new, (left, right) in enumerate(merges, start=256):
        out = []
        for token in ids:
            if token == right and out and out[-1] == left:
                out[-1] = new
            else:
                out.append(token)
        ids = out
    return ids


def decode(ids, merges):
    def spell(token):
        if token < 256:
            return bytes((token,))
        left, right = merges[token - 256]
        return spell(left) + spell(right)

    return str(b"".join(map(spell, ids)), "utf-8", "replace")
