def wordpiece(text, vocab, unknown="[UNK]", max_characters=100):
    pieces = []
    for word in text.split():
        cut = None if len(word) > max_characters else _fewest(word, vocab)
        pieces += [unknown] if cut is None else cut
    return pieces


def _fewest(word, vocab):
    best = [[]] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(end):
            piece = ("##" if start else "") + word[start:end]
            before = best[start]
            if piece not in vocab or before is None:
                continue
            if best[end] is None or len(before) + 1 < len(best[end]):
                best[end] = [*before, piece]
    return best[-1]
