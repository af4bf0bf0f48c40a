def train_bpe(word_counts, num_merges, min_frequency=1):
    return learn(
        [(tuple(w), n) for w, n in word_counts.items()],
        num_merges,
        min_frequency,
    )


def learn(words, left, least):
    counts = {}
    for symbols, n in words:
        for i in range(1, len(symbols)):
            pair = symbols[i - 1 : i + 1]
            counts[pair] = counts.get(pair, 0) + n
    ranked = sorted(counts.items(), key=lambda item: item[0])
    ranked.sort(key=lambda item: item[1], reverse=True)
    if left <= 0 or not ranked or ranked[0][1] < least:
        return []
    best = ranked[0][0]
    merged = [(replace(symbols, best), n) for symbols, n in words]
    return [best, *learn(merged, left - 1, least)]


def replace(symbols, pair):
    for i in range(len(symbols) - 1):
        if symbols[i : i + 2] == pair:
            return (
                *symbols[:i],
                "".join(pair),
                *replace(symbols[i + 2 :], pair),
            )
    return symbols
