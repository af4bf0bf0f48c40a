"""Hidden tests of the initialisations: laws by a two-sample test on a histogram, everything else exactly.

One call fills a thousand elements or more; each is an outcome, the number of its bin.
"""

import torch
from torch import nn

from llmprep.judge.probes import Tools, probe


def law(t: Tools, width: float, *weights):
    """The law of the elements, in bins of a fixed width."""
    elements = torch.cat([weight.detach().flatten() for weight in weights])
    bins = iter(elements.div(width).floor().int().tolist())
    return t.law(lambda: next(bins), elements.numel())


@probe(en="Fans of matrices and convolutions", zh="矩阵与卷积核的 fan", no_grad=True, dtypes=False)
def fan_numbers(impl, t: Tools):
    return [
        list(impl.fans(t.randn(*shape))) for shape in ((7, 5), (6, 4, 3), (6, 4, 3, 2), (1, 9), (8, 1, 5))
    ]


@probe(en="xavier_uniform_", zh="xavier_uniform_", random=True, mutates="weight")
def xavier_uniform(impl, t: Tools):
    return [
        law(t, 0.06, impl.xavier_uniform_(torch.empty(120, 10))),
        law(t, 0.3, impl.xavier_uniform_(nn.Parameter(torch.empty(10, 120)), 4.0)),
    ]


@probe(en="xavier_normal_", zh="xavier_normal_", random=True, mutates="weight")
def xavier_normal(impl, t: Tools):
    return [
        law(t, 0.06, impl.xavier_normal_(nn.Parameter(torch.empty(120, 10)))),
        law(t, 0.3, impl.xavier_normal_(torch.empty(10, 120), gain=4.0)),
    ]


@probe(en="kaiming_uniform_", zh="kaiming_uniform_", random=True, mutates="weight")
def kaiming_uniform(impl, t: Tools):
    return [
        law(t, 0.25, impl.kaiming_uniform_(nn.Parameter(torch.empty(120, 10)))),
        law(t, 0.25, impl.kaiming_uniform_(torch.empty(10, 120), mode="fan_out")),
        law(t, 0.25, impl.kaiming_uniform_(torch.empty(120, 10), 1.0)),
    ]


@probe(en="kaiming_normal_", zh="kaiming_normal_", random=True, mutates="weight")
def kaiming_normal(impl, t: Tools):
    return [
        law(t, 0.25, impl.kaiming_normal_(torch.empty(360, 10))),
        law(t, 0.25, impl.kaiming_normal_(nn.Parameter(torch.empty(10, 120)), mode="fan_out")),
        law(t, 0.25, impl.kaiming_normal_(torch.empty(120, 10), gain=1.0)),
    ]


@probe(en="Convolution kernels", zh="卷积核", random=True, mutates="weight")
def kernels(impl, t: Tools):
    return [
        law(t, 0.1, impl.kaiming_normal_(torch.empty(60, 2, 3, 4))),
        law(t, 0.05, impl.xavier_uniform_(torch.empty(60, 2, 3, 4))),
    ]


@probe(
    en="Rows and columns differ, and so do two calls",
    zh="各行各列不同，两次调用也不同",
    random=True,
    mutates="weight",
)
def independent(impl, t: Tools):
    seen = []
    for name in ("xavier_uniform_", "xavier_normal_", "kaiming_uniform_", "kaiming_normal_"):
        fill = getattr(impl, name)
        first, second = fill(torch.empty(6, 8)).clone(), fill(torch.empty(6, 8))
        seen.append([first.unique().numel(), torch.cat((first, second)).unique().numel()])
    return seen


@probe(
    en="In place, the same tensor, not recorded",
    zh="原地填充，同一个张量，不被记录",
    random=True,
    mutates="weight",
)
def in_place(impl, t: Tools):
    seen = []
    for name in ("xavier_uniform_", "xavier_normal_", "kaiming_uniform_", "kaiming_normal_"):
        for weight in (nn.Parameter(torch.zeros(6, 8)), torch.zeros(6, 8)):
            trained = weight.requires_grad
            result = getattr(impl, name)(weight)
            same = [result is weight, weight.requires_grad is trained, weight.is_leaf, weight.grad_fn is None]
            seen.append([same, int((weight == 0).sum()), torch.is_grad_enabled()])
    return seen


@probe(
    en="Too few dimensions and unknown modes raise ValueError",
    zh="维数不足、mode 未知时抛出 ValueError",
    random=True,
    mutates="weight",
)
def errors(impl, t: Tools):
    vector, matrix = torch.zeros(5), torch.zeros(4, 5)
    fills = ("xavier_uniform_", "xavier_normal_", "kaiming_uniform_", "kaiming_normal_")
    refused = [t.raises(lambda name=name: getattr(impl, name)(vector)) for name in fills]
    modes = [t.raises(lambda name=name: getattr(impl, name)(matrix, mode="fan")) for name in fills[2:]]
    return [refused, modes, t.raises(lambda: impl.fans(vector)), t.raises(lambda: impl.fans(torch.zeros(())))]
