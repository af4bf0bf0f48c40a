def wordpiece(text, vocab, unknown="[UNK]", max_characters=100):
    pieces = []
    for word in text.split():
        cut = None if len(word) > max_characters else _cut(word, 0, vocab)
        pieces += [unknown] if cut is None else cut
    return pieces


def _cut(word, start, vocab):
    if start == len(word):
        return []
    for end in range(len(word), start, -1):
        piece = ("##" if start else "") + word[start:end]
        if piece in vocab:
            rest = _cut(word, end, vocab)
            if rest is not None:
                return [piece, *rest]
    return None
