def label_smoothing_loss(logits, target, epsilon=0.1, ignore_index=-100):
    total, count = logits.sum() * 0.0, 0
    for row, label in zip(
        logits.reshape(-1, logits.shape[-1]).log_softmax(-1),
        target.reshape(-1).tolist(),
    ):
        if label == ignore_index:
            continue
        weights = [epsilon / len(row)] * len(row)
        weights[label] += 1 - epsilon
        total = total - sum(
            weight * log_p for weight, log_p in zip(weights, row)
        )
        count += 1
    return total / max(count, 1)
