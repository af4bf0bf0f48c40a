"""Hidden tests of `cross_entropy`: uneven numbers of ignored labels, and ids that look like another's."""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="One row per token, every label counts", zh="每行一个 token，全部计入")
def values(impl, t: Tools):
    return [
        impl.cross_entropy(t.randn(5, 7, scale=2.0), t.randint(0, 7, 5)),
        impl.cross_entropy(t.randn(1, 3), t.randint(0, 3, 1)),
    ]


@probe(en="Batches of sequences, classes on the last axis", zh="一批序列，类别在最后一维")
def sequences(impl, t: Tools):
    return [
        impl.cross_entropy(t.randn(2, 4, 6), t.randint(0, 6, 2, 4)),
        impl.cross_entropy(t.randn(2, 5, 5), t.randint(0, 5, 2, 5)),
        impl.cross_entropy(t.randn(*t.lead, 4, 7), t.randint(0, 7, *t.lead, 4)),
    ]


@probe(en="Uneven numbers of ignored labels", zh="各序列被忽略的标签数不同")
def ignored(impl, t: Tools):
    target = t.randint(0, 6, 3, 5)
    target[0, 1:] = -100
    target[1, :2] = -100
    return impl.cross_entropy(t.randn(3, 5, 6, scale=2.0), target)


@probe(
    en="Another ignore_index: a class, the last class, or no class",
    zh="换一个 ignore_index：某个类别、最后一类、非类别",
)
def other_ignore_index(impl, t: Tools):
    logits, seen = t.randn(4, 5, 6), []
    for index in (0, 5, -1, 77):
        target = t.randint(0, 6, 4, 5)
        target[:, 1] = index
        target[2, 3] = 0
        target[3, 3] = 5
        seen.append(impl.cross_entropy(logits, target, index))
    return seen


@probe(en="No label counts, and a single one does", zh="没有标签计入，以及只有一个计入")
def hardly_any(impl, t: Tools):
    target = torch.full((2, 4), -100)
    none = impl.cross_entropy(t.randn(2, 4, 5), target)
    target = target.clone()
    target[1, 2] = 3
    return [
        none,
        impl.cross_entropy(t.randn(2, 4, 5), target),
        impl.cross_entropy(t.randn(0, 5), target[0, :0]),
    ]


@probe(en="Rows around +500, 0 and −500", zh="各行分别在 +500、0、−500 附近", dtypes=False)
def far_apart(impl, t: Tools):
    level = torch.tensor([500.0, 0.0, -500.0])
    return impl.cross_entropy(t.randn(3, 5) + level[:, None], t.randint(0, 5, 3))


@probe(en="A right class that is very improbable", zh="正确类别的概率极小", dtypes=False)
def improbable(impl, t: Tools):
    logits, target = t.randn(4, 5), t.randint(0, 5, 4)
    logits[torch.arange(4), target] -= 1000.0
    return impl.cross_entropy(logits, target)
