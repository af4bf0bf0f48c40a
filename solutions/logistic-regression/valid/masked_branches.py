import numpy as np


def sigmoid(z):
    out = np.empty_like(z, dtype=float)
    up = z >= 0
    out[up] = 1.0 / (1.0 + np.exp(-z[up]))
    small = np.exp(z[~up])
    out[~up] = small / (1.0 + small)
    return out


def loss(X, y, w, b, l2=0.0):
    z = np.dot(X, w) + b
    per_example = np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))
    return np.sum(per_example) / len(z) + 0.5 * l2 * np.sum(w**2)


def fit(X, y, lr=0.1, steps=100, l2=0.0):
    """The bias as one more column."""
    N, D = X.shape
    A = np.hstack([X, np.ones((N, 1))])
    theta = np.zeros(D + 1)
    shrink = np.append(np.full(D, l2), 0.0)
    for _ in range(steps):
        p = sigmoid(A @ theta)
        theta -= lr * (A.T @ (p - y) / N + shrink * theta)
    return theta[:-1], theta[-1]


def predict(X, w, b):
    return np.where(sigmoid(X @ w + b) >= 0.5, 1, 0)
