def roc_auc(labels, scores):
    P = labels.count(1)
    N = len(labels) - P
    if not P or not N:
        raise ValueError
    order = sorted(range(len(scores)), key=scores.__getitem__)
    ranks = [0.0] * len(scores)
    i = 0
    while i < len(order):
        j = i
        while j + 1 < len(order) and scores[order[j + 1]] == scores[order[i]]:
            j += 1
        for place in range(i, j + 1):
            ranks[order[place]] = (i + j) / 2 + 1
        i = j + 1
    total = sum(r for r, y in zip(ranks, labels, strict=True) if y == 1)
    return (total - P * (P + 1) / 2) / (P * N)
