def table(a, b):
    D = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            if i == 0 or j == 0:
                D[i][j] = i + j
            elif a[i - 1] == b[j - 1]:
                D[i][j] = D[i - 1][j - 1]
            else:
                D[i][j] = 1 + min(D[i - 1][j], D[i][j - 1], D[i - 1][j - 1])
    return D


def edit_distance(a, b):
    return table(a, b)[len(a)][len(b)]


def word_error_rate(reference, hypothesis):
    words = reference.split()
    if not words:
        raise ValueError("empty reference")
    return edit_distance(words, hypothesis.split()) / len(words)


def corpus_word_error_rate(references, hypotheses):
    total = sum(len(r.split()) for r in references)
    if not total:
        raise ValueError("empty references")
    pairs = [(r.split(), h.split()) for r, h in zip(references, hypotheses)]
    return sum(edit_distance(r, h) for r, h in pairs) / total
