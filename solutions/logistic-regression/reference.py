"""Binary logistic regression (Goodfellow et al. 2016, §5.7.1) in NumPy."""

import numpy as np


def sigmoid(z: np.ndarray) -> np.ndarray:
    """1 / (1 + e^−z) = e^−softplus(−z), which cannot overflow."""
    return np.exp(-np.logaddexp(0, -z))


def loss(
    X: np.ndarray, y: np.ndarray, w: np.ndarray, b: float, l2: float = 0.0
) -> float:
    """Mean cross-entropy plus l2/2·‖w‖²; the bias goes free.

    Shapes: X (N, D), y (N,) of 0 and 1, w (D,) -> a number. From logits z it
    is softplus(z) − y·z: no logarithm of a probability that may be 0.
    """
    z = X @ w + b  # (N,)
    cross_entropy = np.logaddexp(0, z) - y * z
    return float(cross_entropy.mean() + l2 / 2 * (w @ w))


def fit(
    X: np.ndarray,
    y: np.ndarray,
    lr: float = 0.1,
    steps: int = 100,
    l2: float = 0.0,
) -> tuple[np.ndarray, float]:
    """Gradient descent with the whole batch, from zeros: w (D,) and b."""
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(steps):
        error = sigmoid(X @ w + b) - y  # (N,), ∂loss/∂z of each example
        w = w - lr * (X.T @ error / len(y) + l2 * w)
        b = b - lr * error.mean()
    return w, b


def predict(X: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    """1 where the probability is at least 0.5, that is where z ≥ 0; (N,)."""
    return (X @ w + b >= 0).astype(int)
