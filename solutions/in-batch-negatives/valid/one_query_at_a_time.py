import torch


def info_nce(
    queries, positives, temperature=0.05, negatives=None, symmetric=False
):
    extra = [] if negatives is None else list(negatives)
    forward = direction(list(queries), list(positives), extra, temperature)
    if symmetric:
        return (
            forward + direction(list(positives), list(queries), [], temperature)
        ) / 2
    return forward


def direction(anchors, targets, extra, temperature):
    total = 0.0
    for i, a in enumerate(anchors):
        scores = (
            torch.stack(
                [torch.cosine_similarity(a, c, dim=0) for c in targets + extra]
            )
            / temperature
        )
        total = total - torch.log_softmax(scores, dim=0)[i]
    return total / len(anchors)
