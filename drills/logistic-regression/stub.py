import numpy as np


def sigmoid(z: np.ndarray) -> np.ndarray:
    """1 / (1 + e^−z) for arrays of any shape."""
    raise NotImplementedError


def loss(X: np.ndarray, y: np.ndarray, w: np.ndarray, b: float, l2: float = 0.0) -> float:
    """X (N, D), y (N,) of 0 and 1, w (D,) -> mean cross-entropy plus l2/2·‖w‖²."""
    raise NotImplementedError


def fit(
    X: np.ndarray, y: np.ndarray, lr: float = 0.1, steps: int = 100, l2: float = 0.0
) -> tuple[np.ndarray, float]:
    """X (N, D), y (N,) -> w (D,), b after `steps` steps of gradient descent."""
    raise NotImplementedError


def predict(X: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    """X (N, D) -> 0 or 1 (N,)."""
    raise NotImplementedError
