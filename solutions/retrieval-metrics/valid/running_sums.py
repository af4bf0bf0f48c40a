import math


def recall_at_k(rankings, gains, k):
    total = n = 0
    for i in range(len(rankings)):
        relevant = [d for d in gains[i] if gains[i][d] > 0]
        if not relevant:
            continue
        n += 1
        total += sum(1 for d in relevant if d in rankings[i][:k]) / len(
            relevant
        )
    return total / n if n else 0.0


def mrr_at_k(rankings, gains, k):
    total = n = 0
    for ranking, judged in zip(rankings, gains):
        if max(judged.values(), default=0) == 0:
            continue
        n += 1
        ranks = [
            place + 1 for place, d in enumerate(ranking) if judged.get(d, 0) > 0
        ]
        if ranks and ranks[0] <= k:
            total += 1 / ranks[0]
    return total / max(n, 1)


def ndcg_at_k(rankings, gains, k):
    scores = []
    for ranking, judged in zip(rankings, gains):
        best = sorted(judged.values())[-k:][::-1]
        ideal = sum(g / math.log2(i + 2) for i, g in enumerate(best))
        if ideal:
            scores.append(
                sum(
                    judged.get(d, 0) / math.log2(i + 2)
                    for i, d in enumerate(ranking[:k])
                )
                / ideal
            )
    return math.fsum(scores) / len(scores) if scores else 0.0
