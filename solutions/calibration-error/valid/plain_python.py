def calibration_error(probabilities, labels, bins=10):
    rows = []
    for row, label in zip(probabilities.tolist(), labels.tolist(), strict=True):
        top = max(row)
        rows.append((top, row.index(top) == label))
    ece = mce = 0.0
    for m in range(1, bins + 1):
        part = [r for r in rows if (m - 1) / bins < r[0] <= m / bins]
        if part:
            accuracy = sum(right for _, right in part) / len(part)
            mean = sum(top for top, _ in part) / len(part)
            ece += len(part) / len(rows) * abs(accuracy - mean)
            mce = max(mce, abs(accuracy - mean))
    return ece, mce
