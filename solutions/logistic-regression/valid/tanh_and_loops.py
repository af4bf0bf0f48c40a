import math

import numpy as np


def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z < 0, e, 1.0) / (1.0 + e)


def loss(X, y, w, b, l2=0.0):
    total = 0.0
    for row, label in zip(X, y, strict=True):
        z = float(row @ w) + b
        against = z if label == 0 else -z  # the logit of the other class
        if against > 0:
            total += against + math.log1p(math.exp(-against))
        else:
            total += math.log1p(math.exp(against))
    return total / len(y) + l2 * sum(v * v for v in w) / 2


def fit(X, y, lr=0.1, steps=100, l2=0.0):
    w = np.zeros(X.shape[1])
    b = 0.0
    for _ in range(steps):
        dw, db = l2 * w, 0.0
        for p, label, row in zip(sigmoid(X @ w + b), y, X, strict=True):
            dw = dw + (p - label) * row / len(y)
            db += (p - label) / len(y)
        w, b = w - lr * dw, b - lr * db
    return w, b


def predict(X, w, b):
    return np.array([int(row @ w + b >= 0) for row in X])
