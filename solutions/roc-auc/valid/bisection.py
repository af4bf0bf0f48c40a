from bisect import bisect_left, bisect_right


def roc_auc(labels, scores):
    rows = list(zip(labels, scores, strict=True))
    negative = sorted(s for y, s in rows if y == 0)
    positive = [s for y, s in rows if y == 1]
    if not negative or not positive:
        raise ValueError("both classes are needed")
    twice = sum(
        bisect_left(negative, s) + bisect_right(negative, s) for s in positive
    )
    return twice / (2 * len(negative) * len(positive))
