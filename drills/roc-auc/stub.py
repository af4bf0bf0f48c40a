def roc_auc(labels: list[int], scores: list[float]) -> float:
    """The chance that a positive has a higher score than a negative, ties count one half."""
    raise NotImplementedError
