"""Hidden tests of logistic regression: l2 and lr far from 1, labels out of balance, columns of unlike size.

Arrays are no tensors, so untouched inputs are a probe of its own.
"""

import warnings

import numpy as np
import torch

from llmprep.judge.probes import Tools, probe


@probe(en="sigmoid of arrays", zh="数组的 sigmoid")
def sigmoid_values(impl, t: Tools):
    return [seen(impl.sigmoid(wide(t.randn(*shape, scale=3.0)))) for shape in ((7,), (2, 3), (1, 2, 4))]


@probe(en="sigmoid of ±1000, and of what is nearly 0", zh="±1000 的 sigmoid，以及接近 0 的值")
def sigmoid_extremes(impl, t: Tools):
    z = np.array([-1000.0, -30.0, 0.0, 30.0, 1000.0])
    result, told = heard(lambda: impl.sigmoid(z))
    return [seen(result), told, seen(np.log(impl.sigmoid(np.array([-25.0]))))]


@probe(en="The loss, with and without penalty", zh="loss，有惩罚与无惩罚")
def loss_values(impl, t: Tools):
    X, y, w = data(t, 9, 4)
    return [impl.loss(X, y, w, 0.7), impl.loss(X, y, w, -1.5, l2=0.6), impl.loss(X, y, w, 2.0, 1.7)]


@probe(en="The loss of logits of ±1000", zh="logit 为 ±1000 时的 loss")
def loss_extremes(impl, t: Tools):
    X, y = np.array([[1000.0], [-1000.0], [1000.0], [-1000.0], [20.0]]), np.array([1, 0, 0, 1, 0])
    losses, told = heard(lambda: [impl.loss(X[n : n + 1], y[n : n + 1], np.ones(1), 0.0) for n in range(5)])
    return [losses, told]


@probe(en="One, two, three steps", zh="一、二、三步")
def few_steps(impl, t: Tools):
    X, y, _ = data(t, 11, 3)
    return [seen(impl.fit(X, y, 0.7, n)) for n in (0, 1, 2, 3)]


@probe(en="Steps with penalty", zh="带惩罚的几步")
def penalised_steps(impl, t: Tools):
    X, y, _ = data(t, 8, 5)
    return [seen(impl.fit(X + 1.5, y, lr=0.4, steps=n, l2=0.9)) for n in (2, 15)]


@probe(en="The default steps and rate", zh="默认的步数与学习率")
def defaults(impl, t: Tools):
    X, y, _ = data(t, 20, 2)
    return seen(impl.fit(X, y))


@probe(en="Large inputs while fitting", zh="训练时输入很大")
def large_inputs(impl, t: Tools):
    X, y, _ = data(t, 10, 2)
    result, told = heard(lambda: impl.fit(X * 1000.0, y, 1.0, 3))
    return [seen(result), told]


@probe(en="Predictions, also on the boundary", zh="预测，包括恰好在边界上")
def predictions(impl, t: Tools):
    X, _, w = data(t, 12, 3)
    line = np.array([[-1.0], [-0.3], [0.0], [0.2], [0.4], [0.6], [3.0]])
    return [
        seen(impl.predict(X, w, 0.3)),
        seen(impl.predict(line, np.ones(1), 0.0)),
        seen(impl.predict(line, np.full(1, -2.0), 0.6)),
    ]


@probe(en="Inputs stay untouched", zh="不改动输入")
def untouched(impl, t: Tools):
    X, y, w = data(t, 6, 3)
    impl.fit(X, y, 0.5, 3, 0.2)
    impl.loss(X, y, w, 0.1, 0.3)
    impl.predict(X, w, 0.1)
    impl.sigmoid(X)
    return [seen(array) for array in (X, y, w)]


def data(t: Tools, n: int, width: int):
    """X whose columns differ in size, y with more zeros than ones, and some w."""
    X = t.randn(n, width) * torch.linspace(0.5, 2.0, width) + 0.3
    y = (t.rand(n) < 0.3).long()
    y[0], y[1] = 0, 1
    return wide(X), y.numpy(), wide(t.randn(width))


def wide(tensor):
    return tensor.double().numpy()


def heard(function):
    """What it returns, and which kinds of warnings it gave."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = function()
    messages = {str(warning.message) for warning in caught}
    # of matrix products some platforms' libraries complain for no reason
    return result, "; ".join(sorted(message for message in messages if "matmul" not in message))


def seen(result):
    """Arrays as tensors, whatever they are in; integers of any width alike."""
    if isinstance(result, tuple | list):
        return [seen(part) for part in result]
    if not isinstance(result, np.ndarray):
        return result
    if np.issubdtype(result.dtype, np.integer):
        result = result.astype(np.int64)
    return torch.from_numpy(np.array(result))
