import collections
import re


def get_stats(vocab):
    pairs = collections.defaultdict(int)
    for word, frequency in vocab.items():
        symbols = word.split()
        for i in range(len(symbols) - 1):
            pairs[symbols[i], symbols[i + 1]] += frequency
    return pairs


def merge_vocab(pair, vocab):
    bigram = re.escape(" ".join(pair))
    pattern = re.compile(r"(?<!\S)" + bigram + r"(?!\S)")
    return {
        pattern.sub(lambda _: "".join(pair), word): n
        for word, n in vocab.items()
    }


def train_bpe(word_counts, num_merges, min_frequency=1):
    vocab = {" ".join(word): n for word, n in word_counts.items()}
    merges = []
    for _ in range(num_merges):
        pairs = get_stats(vocab)
        if not pairs:
            break
        top = max(pairs.values())
        if top < min_frequency:
            break
        best = sorted(pair for pair, n in pairs.items() if n == top)[0]
        vocab = merge_vocab(best, vocab)
        merges.append(best)
    return merges
