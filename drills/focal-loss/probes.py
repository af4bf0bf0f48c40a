"""Hidden tests of the focal losses: easy and hard examples of every class, γ and α far from 0, ½ and 1."""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Binary, the defaults", zh="二分类，默认参数")
def binary(impl, t: Tools):
    return [impl.binary_focal_loss(*pairs(t, *shape)) for shape in ((6,), (3, 4), (2, 1, 5))]


@probe(en="Binary, with γ and α", zh="二分类，给出 γ 和 α")
def binary_weighted(impl, t: Tools):
    logits, targets = pairs(t, 9)
    return [
        impl.binary_focal_loss(logits, targets, 3.0),
        impl.binary_focal_loss(logits, targets, 1.5, 0.2),
        impl.binary_focal_loss(logits, targets, gamma=0.5, alpha=0.9),
        impl.binary_focal_loss(logits, targets, alpha=0.0),
    ]


@probe(en="Several classes", zh="多分类")
def classes(impl, t: Tools):
    logits, targets = examples(t, 7, 4)
    return [impl.focal_loss(logits, targets), impl.focal_loss(logits, targets, 0.7)]


@probe(en="Several classes, each with its α", zh="多分类，每类有自己的 α")
def classes_weighted(impl, t: Tools):
    logits, targets = examples(t, 8, 5)
    alpha = t.rand(5, low=0.1, high=3.0)
    return [impl.focal_loss(logits, targets, 2.5, alpha), impl.focal_loss(logits, targets, alpha=alpha * 0.5)]


@probe(en="γ = 0 is the cross-entropy", zh="γ = 0 就是交叉熵")
def gamma_zero(impl, t: Tools):
    logits, targets = examples(t, 6, 3)
    return [
        impl.focal_loss(logits, targets, 0.0),
        impl.focal_loss(logits, targets, 0, torch.tensor([0.3, 2.0, 1.1])),
        impl.binary_focal_loss(*pairs(t, 7), 0.0),
        impl.binary_focal_loss(*pairs(t, 7), 0, 0.3),
    ]


@probe(en="One right and one wrong example", zh="一个判对、一个判错的样本")
def one_example(impl, t: Tools):
    right, wrong = torch.tensor([[2.0, -1.0, 0.5]]), torch.tensor([[-2.0, 3.0, 1.0]])
    first = torch.tensor([0])
    return [
        *(impl.focal_loss(logits + t.randn(1, 3) * 0.3, first, 2.0) for logits in (right, wrong)),
        *(impl.binary_focal_loss(torch.tensor([z]), torch.tensor([y])) for z in (-1.5, 2.5) for y in (0, 1)),
    ]


# powers of two: exact in every dtype. At 256 a probability has underflowed in float32
@probe(en="Binary logits of ±256", zh="二分类，logit 为 ±256", no_grad=True)
def binary_extremes(impl, t: Tools):
    logits, targets = binary_case(256.0)
    return [impl.binary_focal_loss(logits, targets, gamma) for gamma in (0.0, 0.5, 1.0, 2.0)]


@probe(en="Logits of several classes of ±256", zh="多分类，logit 为 ±256", no_grad=True)
def class_extremes(impl, t: Tools):
    logits, targets = class_case(256.0)
    return [impl.focal_loss(logits, targets, gamma) for gamma in (0.0, 0.5, 1.0, 2.0)]


# gradients of such logits have few right digits in float32: here they must be finite
@probe(en="Logits of ±10,000", zh="logit 为 ±10000", no_grad=True, dtypes=False)
def larger_logits(impl, t: Tools):
    seen = []
    for loss, case in ((impl.binary_focal_loss, binary_case), (impl.focal_loss, class_case)):
        logits, targets = case(10_000.0)
        logits.requires_grad_()
        for gamma in (0.0, 0.5, 1.0, 2.0):
            value = loss(logits, targets, gamma)
            (gradient,) = torch.autograd.grad(value, logits)
            seen.append([value, gradient.isfinite()])
    return seen


def binary_case(large: float):
    logits = torch.tensor([large, -large, large, -large, 64.0, -64.0, 1.0])
    return logits, torch.tensor([1, 0, 0, 1, 1, 0, 1])


def class_case(large: float):
    rows = [[large, 0.0, -large]] * 2 + [
        [-large, -large, large],
        [64.0, 0.0, 1.0],
        [large, large, large - 2.0],
    ]
    return torch.tensor(rows), torch.tensor([0, 2, 2, 0, 1])


def pairs(t: Tools, *shape: int):
    """Logits with zeros and ones."""
    targets = t.randint(0, 2, *shape)
    targets.view(-1)[:2] = torch.tensor([0, 1])
    return t.randn(*shape, scale=2.0), targets


def examples(t: Tools, n: int, classes: int):
    """Logits, with the targets of about half of them likely."""
    targets = t.randint(0, classes, n)
    logits = t.randn(n, classes, scale=1.5)
    logits[range(0, n, 2), targets[::2]] += 2.0
    return logits, targets
