import numpy as np


def forward(X, W1, b1, W2, b2):
    return (np.abs(X @ W1 + b1) + (X @ W1 + b1)) / 2 @ W2 + b2


def loss_and_gradients(X, y, W1, b1, W2, b2):
    """Example by example; the gradients add up."""
    grads = [np.zeros_like(p) for p in (W1, b1, W2, b2)]
    loss = 0.0
    for x, label in zip(X, y):
        z1 = x @ W1 + b1
        h = np.clip(z1, 0, None)
        z2 = h @ W2 + b2
        lse = np.logaddexp.reduce(z2)
        loss += (lse - z2[label]) / len(X)
        d2 = np.exp(z2 - lse)
        d2[label] -= 1.0
        d1 = (W2 @ d2) * np.heaviside(z1, 0.0)
        for total, part in zip(
            grads, (np.outer(x, d1), d1, np.outer(h, d2), d2)
        ):
            total += part / len(X)
    return loss, tuple(grads)


def train(X, y, parameters, lr, steps):
    if steps == 0:
        return parameters
    W1, b1, W2, b2 = parameters
    _, (a, b, c, d) = loss_and_gradients(X, y, W1, b1, W2, b2)
    moved = (W1 - lr * a, b1 - lr * b, W2 - lr * c, b2 - lr * d)
    return train(X, y, moved, lr, steps - 1)
