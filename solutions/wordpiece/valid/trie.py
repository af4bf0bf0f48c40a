END = object()


def build(pieces):
    root = {}
    for piece in pieces:
        node = root
        for letter in piece:
            node = node.setdefault(letter, {})
        node[END] = len(piece)
    return root


def wordpiece(text, vocab, unknown="[UNK]", max_characters=100):
    first = build(piece for piece in vocab if not piece.startswith("##"))
    later = build(piece[2:] for piece in vocab if piece.startswith("##"))
    result = []
    for word in text.split():
        pieces = cut(word, first, later) if len(word) <= max_characters else []
        result.extend(pieces or [unknown])
    return result


def cut(word, first, later):
    found, start = [], 0
    while start < len(word):
        node, length = (later if start else first), 0
        for letter in word[start:]:
            node = node.get(letter)
            if node is None:
                break
            length = node.get(END, length)
        if not length:
            return []
        found.append(("##" if start else "") + word[start : start + length])
        start += length
    return found
