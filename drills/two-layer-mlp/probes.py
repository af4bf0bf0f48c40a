"""Hidden tests of the two-layer network: N, D, H and C all differ, except where a comment says so.

Arrays are no tensors, so untouched inputs are a probe of its own.
"""

import warnings

import numpy as np
import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Logits", zh="logits")
def logits(impl, t: Tools):
    X, _, *parameters = network(t, 4, 5, 6, 3)
    return seen(impl.forward(X, *parameters))


@probe(en="Loss and gradients", zh="loss 与梯度")
def gradients(impl, t: Tools):
    return seen(impl.loss_and_gradients(*network(t, 7, 5, 6, 3)))


# with all sizes equal a transposed product gives numbers, not an error
@probe(en="All axes of one size", zh="所有维度大小相同")
def equal_axes(impl, t: Tools):
    X, y, *parameters = network(t, 4, 4, 4, 4)
    return [seen(impl.forward(X, *parameters)), seen(impl.loss_and_gradients(X, y, *parameters))]


@probe(en="Hidden units at exactly 0, or all of them off", zh="隐藏单元恰好为 0，或全部关闭")
def at_zero(impl, t: Tools):
    X, y, W1, b1, W2, b2 = network(t, 6, 3, 5, 4)
    X, W1, b1 = np.round(X), np.round(W1), np.round(b1)  # whole numbers: sums hit 0
    return [
        seen(impl.loss_and_gradients(X, y, W1, b1 * 0.0, W2, b2)),
        seen(impl.loss_and_gradients(X, y, W1, b1 - 50.0, W2, b2)),
        seen(impl.loss_and_gradients(X * 0.0, y, W1, b1 * 0.0, W2, b2)),
    ]


@probe(en="Logits of ±1000", zh="logit 为 ±1000")
def large_logits(impl, t: Tools):
    X, y, W1, b1, W2, b2 = network(t, 5, 3, 4, 3)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = [
            seen(impl.loss_and_gradients(X, y, W1, b1, W2 * 300.0, b2 + 1000.0 * sign)) for sign in (1, -1)
        ]
        result.append(seen(impl.loss_and_gradients(X, y, W1, b1, W2, b2 + np.array([1000.0, 0.0, -1000.0]))))
        # one row at 1000, the other at -1000
        apart = np.array([[1000.0, 998.0, 999.0], [-999.0, -1000.0, -998.0]])
        result.append(
            seen(impl.loss_and_gradients(np.eye(2), y[:2], np.eye(2), np.zeros(2), apart, np.zeros(3)))
        )
    messages = {str(warning.message) for warning in caught}
    # of matrix products some platforms' libraries complain for no reason
    return [result, "; ".join(sorted(message for message in messages if "matmul" not in message))]


@probe(en="One example, two classes, one hidden unit", zh="一个样本、两个类别、一个隐藏单元")
def small(impl, t: Tools):
    return [seen(impl.loss_and_gradients(*network(t, *sizes))) for sizes in ((1, 3, 4, 2), (5, 2, 1, 3))]


@probe(en="Training, step by step", zh="逐步训练")
def training(impl, t: Tools):
    X, y, *parameters = network(t, 8, 4, 6, 3)
    return [seen(impl.train(X, y, tuple(parameters), 0.5, steps)) for steps in (0, 1, 2, 5)]


@probe(en="Inputs stay untouched", zh="不改动输入")
def untouched(impl, t: Tools):
    arrays = network(t, 6, 4, 5, 3)
    X, y, *parameters = arrays
    impl.forward(X, *parameters)
    impl.loss_and_gradients(*arrays)
    impl.train(X, y, tuple(parameters), 0.5, 2)
    return [seen(array) for array in arrays]


def network(t: Tools, n: int, width: int, hidden: int, classes: int):
    """X, y, W1, b1, W2, b2."""
    W1, b1, W2, b2 = t.randn(width, hidden), t.randn(hidden), t.randn(hidden, classes), t.randn(classes)
    arrays = [array.double().numpy() for array in (W1, b1, W2, b2)]
    return [t.randn(n, width).double().numpy(), t.randint(0, classes, n).numpy(), *arrays]


def seen(result):
    """Arrays as tensors, whatever they are in."""
    if isinstance(result, tuple | list):
        return [seen(part) for part in result]
    return torch.from_numpy(np.array(result)) if isinstance(result, np.ndarray) else result
