import math
from collections import Counter
from functools import lru_cache


def grams(tokens, n):
    return [" ".join(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]


def corpus_bleu(candidates, references):
    logs = 0.0
    for n in range(1, 5):
        hits, all_grams = 0, 0
        for candidate, texts in zip(candidates, references, strict=True):
            best = Counter()
            for text in texts:
                for gram, times in Counter(grams(text, n)).items():
                    best[gram] = max(best[gram], times)
            for gram in grams(candidate, n):
                all_grams += 1
                if best[gram] > 0:
                    best[gram] -= 1
                    hits += 1
        if hits == 0:
            return 0.0
        logs += 0.25 * math.log(hits / all_grams)
    c = sum(len(x) for x in candidates)
    r = sum(
        min((len(t) for t in ts), key=lambda k: (abs(k - len(x)), k))
        for x, ts in zip(candidates, references, strict=True)
    )
    return math.exp(logs) * (math.exp(1 - r / c) if c < r else 1)


def rouge_l(candidate, reference):
    @lru_cache(None)
    def lcs(i, j):
        if i == len(candidate) or j == len(reference):
            return 0
        if candidate[i] == reference[j]:
            return 1 + lcs(i + 1, j + 1)
        return max(lcs(i + 1, j), lcs(i, j + 1))

    common = lcs(0, 0)
    if not common:
        return 0.0
    p, r = common / len(candidate), common / len(reference)
    return 2 / (1 / p + 1 / r)
