"""Hidden tests of the calibration error.

Confidences on an edge come with a power of two of bins, where the edges are exact in floating point. The
results are numbers: there are no gradients, and no dtypes but float32.
"""

import torch

from llmprep.judge.probes import Tools, probe


@probe(
    en="Random predictions, over- and underconfident",
    zh="随机预测，过于自信与不够自信",
    no_grad=True,
    dtypes=False,
)
def values(impl, t: Tools):
    return [impl.calibration_error(*predictions(t, 60, 5, scale), 7) for scale in (0.7, 2.0, 5.0)]


@probe(en="The default number of bins", zh="默认的段数", no_grad=True, dtypes=False)
def default(impl, t: Tools):
    return impl.calibration_error(*predictions(t, 80, 4, 1.5))


@probe(en="Confidences exactly on the edges", zh="置信度恰好落在边界上", no_grad=True, dtypes=False)
def edges(impl, t: Tools):
    confidence = torch.tensor([0.5, 0.53, 0.625, 0.75, 0.75, 0.7, 0.875, 0.9, 1.0, 0.625])
    labels = torch.tensor([1, 0, 1, 0, 1, 0, 1, 1, 0, 0])
    confidence[0] = 0.5 + 2**-20
    probabilities = torch.stack([1 - confidence, confidence], dim=-1)
    return [impl.calibration_error(probabilities, labels, bins) for bins in (4, 8, 16)]


@probe(en="Certain predictions", zh="置信度为 1", no_grad=True, dtypes=False)
def certain(impl, t: Tools):
    probabilities = torch.eye(3)[t.randint(0, 3, 9)]
    labels = t.randint(0, 3, 9)
    return [impl.calibration_error(probabilities, labels, bins) for bins in (1, 5, 10)]


@probe(en="Most parts are empty", zh="多数段是空的", no_grad=True, dtypes=False)
def empty_parts(impl, t: Tools):
    return [
        impl.calibration_error(*predictions(t, 6, 3, 2.0), 64),
        impl.calibration_error(*predictions(t, 1, 4, 1.0), 5),
    ]


@probe(en="Parts of very different sizes", zh="各段样本数悬殊", no_grad=True, dtypes=False)
def uneven(impl, t: Tools):
    probabilities = torch.cat(
        [spread(t.rand(40, low=0.92, high=0.99)), spread(t.rand(3, low=0.42, high=0.48))]
    )
    labels = torch.cat([torch.zeros(40, dtype=torch.int64), torch.ones(3, dtype=torch.int64)])
    labels[:4] = 2
    return impl.calibration_error(probabilities, labels, 8)


@probe(en="Gaps of both signs within one part", zh="同一段内的偏差互相抵消", no_grad=True, dtypes=False)
def within_one_part(impl, t: Tools):
    probabilities = spread(t.rand(30, low=0.61, high=0.74))
    labels = t.randint(0, 2, 30)
    return [impl.calibration_error(probabilities, labels, bins) for bins in (1, 2, 5)]


@probe(
    en="Two classes, the second one hardly ever predicted",
    zh="二分类，第二类很少被预测",
    no_grad=True,
    dtypes=False,
)
def two_classes(impl, t: Tools):
    first = t.rand(50, low=0.3, high=0.99)
    probabilities = torch.stack([first, 1 - first], dim=-1)
    labels = (t.rand(50) < 0.35).long()
    return impl.calibration_error(probabilities, labels, 6)


def predictions(t: Tools, size: int, classes: int, scale: float):
    """Softmax rows, and labels drawn from sharper or flatter ones."""
    logits = t.randn(size, classes)
    noise = -(-t.rand(size, classes, low=1e-6).log()).log()
    return (scale * logits).softmax(dim=-1), (1.5 * logits + noise).argmax(dim=-1)


def spread(confidence):
    """Rows of three classes with `confidence` on class 0. Shapes: (N,) -> (N, 3)."""
    rest = 1 - confidence
    return torch.stack([confidence, 0.6 * rest, 0.4 * rest], dim=-1)
