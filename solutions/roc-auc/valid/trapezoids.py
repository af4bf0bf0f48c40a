import numpy as np


def roc_auc(labels, scores):
    y, s = np.asarray(labels), np.asarray(scores, dtype=np.float64)
    if y.size == 0 or y.min() == y.max():
        raise ValueError("one class only")
    order = np.argsort(-s, kind="stable")
    y, s = y[order], s[order]
    last = np.r_[np.flatnonzero(np.diff(s)), y.size - 1]
    tp = np.r_[0, np.cumsum(y)[last]]
    fp = np.r_[0, np.cumsum(1 - y)[last]]
    area = ((fp[1:] - fp[:-1]) * (tp[1:] + tp[:-1]) / 2).sum()
    return float(area / (tp[-1] * fp[-1]))
