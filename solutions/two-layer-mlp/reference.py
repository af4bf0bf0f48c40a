"""A two-layer network and its backward pass (Goodfellow et al. 2016, §6.5)."""

import numpy as np

Parameters = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def forward(
    X: np.ndarray,
    W1: np.ndarray,
    b1: np.ndarray,
    W2: np.ndarray,
    b2: np.ndarray,
) -> np.ndarray:
    """Linear, ReLU, linear: X (N, D) -> logits (N, C)."""
    hidden = np.maximum(X @ W1 + b1, 0)  # (N, H)
    return hidden @ W2 + b2


def loss_and_gradients(
    X: np.ndarray,
    y: np.ndarray,
    W1: np.ndarray,
    b1: np.ndarray,
    W2: np.ndarray,
    b2: np.ndarray,
) -> tuple[float, Parameters]:
    """Mean cross-entropy, and its gradients for W1, b1, W2, b2.

    Shapes: X (N, D), y (N,), W1 (D, H), b1 (H,), W2 (H, C), b2 (C,).
    """
    z1 = X @ W1 + b1  # (N, H)
    hidden = np.maximum(z1, 0)
    z2 = hidden @ W2 + b2  # (N, C)
    z2 = z2 - z2.max(axis=1, keepdims=True)
    log_p = z2 - np.log(np.exp(z2).sum(axis=1, keepdims=True))
    rows = np.arange(len(y))
    loss = -log_p[rows, y].mean()

    dz2 = np.exp(log_p)
    dz2[rows, y] -= 1
    dz2 /= len(y)  # (N, C)
    dz1 = (dz2 @ W2.T) * (z1 > 0)  # (N, H)
    gradients = X.T @ dz1, dz1.sum(axis=0), hidden.T @ dz2, dz2.sum(axis=0)
    return float(loss), gradients


def train(
    X: np.ndarray, y: np.ndarray, parameters: Parameters, lr: float, steps: int
) -> Parameters:
    """Gradient descent with the whole batch: (W1, b1, W2, b2), new ones."""
    for _ in range(steps):
        _, (dW1, db1, dW2, db2) = loss_and_gradients(X, y, *parameters)
        W1, b1, W2, b2 = parameters
        parameters = W1 - lr * dW1, b1 - lr * db1, W2 - lr * dW2, b2 - lr * db2
    return parameters
