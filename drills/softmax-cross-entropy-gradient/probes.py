"""Hidden tests of `softmax_cross_entropy`: loss and gradient; no gradient of the gradient is asked for."""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="One row per token, every label counts", zh="每行一个 token，全部计入", no_grad=True)
def values(impl, t: Tools):
    return [
        impl.softmax_cross_entropy(t.randn(5, 7, scale=2.0), t.randint(0, 7, 5)),
        impl.softmax_cross_entropy(t.randn(1, 3), t.randint(0, 3, 1)),
    ]


@probe(en="Batches of sequences, classes on the last axis", zh="一批序列，类别在最后一维", no_grad=True)
def sequences(impl, t: Tools):
    return [
        impl.softmax_cross_entropy(t.randn(2, 4, 6), t.randint(0, 6, 2, 4)),
        impl.softmax_cross_entropy(t.randn(3, 3, 3), t.randint(0, 3, 3, 3)),
        impl.softmax_cross_entropy(t.randn(*t.lead, 4, 7), t.randint(0, 7, *t.lead, 4)),
    ]


@probe(en="Uneven numbers of ignored labels", zh="各序列被忽略的标签数不同", no_grad=True)
def ignored(impl, t: Tools):
    target = t.randint(0, 6, 3, 5)
    target[0, 1:] = -100
    target[1, :2] = -100
    return impl.softmax_cross_entropy(t.randn(3, 5, 6, scale=2.0), target)


@probe(
    en="Another ignore_index: a class, the last class, or no class",
    zh="换一个 ignore_index：某个类别、最后一类、非类别",
    no_grad=True,
)
def other_ignore_index(impl, t: Tools):
    logits, seen = t.randn(3, 4, 6), []
    for index in (0, 5, -1, 77):
        target = t.randint(0, 6, 3, 4)
        target[:, 1] = index
        target[0, 3] = 0
        target[2, 3] = 5
        seen.append(impl.softmax_cross_entropy(logits, target, index))
    return seen


@probe(en="No label counts, and a single one does", zh="没有标签计入，以及只有一个计入", no_grad=True)
def hardly_any(impl, t: Tools):
    target = torch.full((2, 4), -100)
    none = impl.softmax_cross_entropy(t.randn(2, 4, 5), target)
    target = target.clone()
    target[1, 2] = 3
    return [none, impl.softmax_cross_entropy(t.randn(2, 4, 5), target)]


@probe(
    en="Rows around +500, 0 and −500, and improbable classes",
    zh="各行在 +500、0、−500 附近，以及极小的概率",
    dtypes=False,
    no_grad=True,
)
def extreme(impl, t: Tools):
    level = torch.tensor([500.0, 0.0, -500.0])
    improbable, target = t.randn(4, 5), t.randint(0, 5, 4)
    improbable[torch.arange(4), target] -= 1000.0
    return [
        impl.softmax_cross_entropy(t.randn(3, 5) + level[:, None], t.randint(0, 5, 3)),
        impl.softmax_cross_entropy(improbable, target),
    ]
