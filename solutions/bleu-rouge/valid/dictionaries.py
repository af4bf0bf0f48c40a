from math import exp, prod


def count(tokens, n):
    counts = {}
    for gram in zip(*(tokens[k:] for k in range(n)), strict=False):
        counts[gram] = counts.get(gram, 0) + 1
    return counts


def corpus_bleu(candidates, references):
    c = sum(map(len, candidates))
    r = 0
    for candidate, texts in zip(candidates, references, strict=True):
        lengths = sorted(len(text) for text in texts)
        r += min(lengths, key=lambda size: abs(size - len(candidate)))
    precisions = []
    for n in (1, 2, 3, 4):
        matched = total = 0
        for candidate, texts in zip(candidates, references, strict=True):
            tables = [count(text, n) for text in texts]
            for gram, times in count(candidate, n).items():
                most = max(table.get(gram, 0) for table in tables)
                matched += min(times, most)
                total += times
        precisions.append(matched / total if total else 0.0)
    penalty = 1.0 if c >= r else exp(1 - r / c) if c else 0.0
    return penalty * prod(precisions) ** 0.25


def rouge_l(candidate, reference):
    table = {}
    for i in range(len(candidate) + 1):
        for j in range(len(reference) + 1):
            if not i or not j:
                table[i, j] = 0
            elif candidate[i - 1] == reference[j - 1]:
                table[i, j] = table[i - 1, j - 1] + 1
            else:
                table[i, j] = max(table[i - 1, j], table[i, j - 1])
    # 2PR / (P + R) = 2L / (|candidate| + |reference|)
    both = len(candidate) + len(reference)
    return 2 * table[len(candidate), len(reference)] / both if both else 0.0
