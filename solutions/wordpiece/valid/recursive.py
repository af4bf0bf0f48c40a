def wordpiece(text, vocab, unknown="[UNK]", max_characters=100):
    longest = max(map(len, vocab), default=0)

    def pieces(rest, prefix):
        if not rest:
            return ()
        for size in range(min(len(rest), longest), 0, -1):
            if prefix + rest[:size] in vocab:
                tail = pieces(rest[size:], "##")
                return None if tail is None else (prefix + rest[:size], *tail)
        return None

    def one(word):
        return pieces(word, "") if len(word) <= max_characters else None

    return [piece for word in text.split() for piece in one(word) or (unknown,)]
