import re


def edit_distance(a, b):
    if len(a) < len(b):
        a, b = b, a
    row = [*range(len(b) + 1)]
    for x in a:
        diagonal, row[0] = row[0], row[0] + 1
        for j in range(len(b)):
            keep = diagonal + (0 if x == b[j] else 1)
            diagonal = row[j + 1]
            row[j + 1] = min(keep, row[j] + 1, diagonal + 1)
    return row[len(b)]


def words(sentence):
    return re.findall(r"\S+", sentence)


def word_error_rate(reference, hypothesis):
    try:
        r = words(reference)
        return edit_distance(r, words(hypothesis)) / len(r)
    except ZeroDivisionError:
        raise ValueError("no words") from None


def corpus_word_error_rate(references, hypotheses):
    errors = [
        edit_distance(words(r), words(h))
        for r, h in zip(references, hypotheses)
    ]
    count = sum(map(len, map(words, references)))
    if count < 1:
        raise ValueError("no words")
    return sum(errors) / count
