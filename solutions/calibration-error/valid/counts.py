import torch


def calibration_error(probabilities, labels, bins=10):
    confidence, predicted = probabilities.double().max(dim=1)
    difference = (predicted == labels).double() - confidence
    edges = torch.linspace(0, 1, bins + 1, dtype=torch.float64)[1:-1]
    where = torch.bucketize(confidence, edges)
    totals = torch.zeros(bins, dtype=torch.float64)
    totals.index_add_(0, where, difference)
    counts = torch.bincount(where, minlength=bins)
    ece = totals.abs().sum() / len(labels)
    return ece, (totals.abs() / counts.clamp(min=1)).max()
