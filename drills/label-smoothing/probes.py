"""Hidden tests of `label_smoothing_loss`: few classes, where ε/K and ε/(K − 1) differ; ignored labels."""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="The default ε = 0.1", zh="默认的 ε = 0.1")
def values(impl, t: Tools):
    return [
        impl.label_smoothing_loss(t.randn(5, 3, scale=3.0), t.randint(0, 3, 5)),
        impl.label_smoothing_loss(t.randn(2, 4, 7), t.randint(0, 7, 2, 4)),
        impl.label_smoothing_loss(t.randn(*t.lead, 5, 4), t.randint(0, 4, *t.lead, 5)),
    ]


@probe(en="Other ε, from 0 (plain cross-entropy) to 1", zh="其他 ε，从 0（普通交叉熵）到 1")
def other_epsilon(impl, t: Tools):
    logits, target = t.randn(4, 3, scale=3.0), t.randint(0, 3, 4)
    return [impl.label_smoothing_loss(logits, target, epsilon) for epsilon in (0.0, 0.3, 0.75, 1.0)]


@probe(en="Uneven numbers of ignored labels", zh="各序列被忽略的标签数不同")
def ignored(impl, t: Tools):
    target = t.randint(0, 5, 3, 4)
    target[0, 1:] = -100
    target[1, :2] = -100
    return impl.label_smoothing_loss(t.randn(3, 4, 5, scale=3.0), target, 0.4)


@probe(
    en="Another ignore_index: a class, the last class, or no class",
    zh="换一个 ignore_index：某个类别、最后一类、非类别",
)
def other_ignore_index(impl, t: Tools):
    logits, seen = t.randn(4, 5, 6, scale=2.0), []
    for index in (0, 5, -1, 77):
        target = t.randint(0, 6, 4, 5)
        target[:, 1] = index
        target[2, 3] = 0
        target[3, 3] = 5
        seen.append(impl.label_smoothing_loss(logits, target, 0.2, index))
    return seen


@probe(en="No label counts, and a single one does", zh="没有标签计入，以及只有一个计入")
def hardly_any(impl, t: Tools):
    target = torch.full((2, 4), -100)
    none = impl.label_smoothing_loss(t.randn(2, 4, 5), target)
    target = target.clone()
    target[1, 2] = 3
    return [none, impl.label_smoothing_loss(t.randn(2, 4, 5), target)]


@probe(
    en="Rows around +500, 0 and −500, and improbable classes",
    zh="各行在 +500、0、−500 附近，以及极小的概率",
    dtypes=False,
)
def extreme(impl, t: Tools):
    level = torch.tensor([500.0, 0.0, -500.0])
    uneven = t.randn(4, 5)
    uneven[:, 2] -= 1000.0
    return [
        impl.label_smoothing_loss(t.randn(3, 5) + level[:, None], t.randint(0, 5, 3)),
        impl.label_smoothing_loss(uneven, torch.tensor([2, 0, 2, 4])),
    ]
