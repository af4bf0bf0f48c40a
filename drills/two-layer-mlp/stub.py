import numpy as np

Parameters = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def forward(X: np.ndarray, W1: np.ndarray, b1: np.ndarray, W2: np.ndarray, b2: np.ndarray) -> np.ndarray:
    """X (N, D), W1 (D, H), b1 (H,), W2 (H, C), b2 (C,) -> logits (N, C)."""
    raise NotImplementedError


def loss_and_gradients(
    X: np.ndarray, y: np.ndarray, W1: np.ndarray, b1: np.ndarray, W2: np.ndarray, b2: np.ndarray
) -> tuple[float, Parameters]:
    """X (N, D), y (N,) -> mean cross-entropy, (dW1, db1, dW2, db2)."""
    raise NotImplementedError


def train(X: np.ndarray, y: np.ndarray, parameters: Parameters, lr: float, steps: int) -> Parameters:
    """(W1, b1, W2, b2) after `steps` steps of gradient descent."""
    raise NotImplementedError
