"""Area under the ROC curve by counting pairs (Fawcett 2006, §7)."""

from itertools import groupby
from operator import itemgetter


def roc_auc(labels: list[int], scores: list[float]) -> float:
    """The chance that a positive has a higher score than a negative.

    A pair with equal scores counts one half. Raises ValueError if a class is
    missing.
    """
    positives = sum(labels)
    negatives = len(labels) - positives
    if positives == 0 or negatives == 0:
        raise ValueError("AUC needs examples of both classes")
    ranked = sorted(zip(scores, labels, strict=True))
    wins = 0.0
    below = 0  # negatives with a lower score
    for _, group in groupby(ranked, key=itemgetter(0)):  # equal scores
        tied = [label for _, label in group]
        tied_positives = sum(tied)
        tied_negatives = len(tied) - tied_positives
        wins += tied_positives * (below + tied_negatives / 2)
        below += tied_negatives
    return wins / (positives * negatives)
