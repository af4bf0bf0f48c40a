"""Hidden tests of `matryoshka_loss`, with base losses that notice lengths, order and sides.

The later components are larger than the first, so that a prefix is short unless it is normalised again.
"""

import torch
import torch.nn.functional as F

from llmprep.judge.probes import Tools, probe


@probe(en="Contrastive base loss", zh="以对比损失为基础损失", dtypes=False)
def contrastive(impl, t: Tools):
    return impl.matryoshka_loss(choose, growing(t, 5, 8), growing(t, 5, 8), [8, 4, 2])


@probe(en="Squared distance, weights given", zh="平方距离，给定权重")
def weighted(impl, t: Tools):
    return impl.matryoshka_loss(distance, growing(t, 4, 7), growing(t, 4, 7), [7, 5, 3], [1.0, 0.5, 2.5])


@probe(en="Prefixes in rising and mixed order", zh="前缀从短到长，或次序混乱")
def any_order(impl, t: Tools):
    u, v = growing(t, 3, 6), growing(t, 3, 6)
    return [
        impl.matryoshka_loss(distance, u, v, [2, 3, 6], [3.0, 1.0, 0.25]),
        impl.matryoshka_loss(distance, u, v, (5, 1, 4), weights=(0.5, 2.0, 1.0)),
    ]


@probe(en="One prefix; the full length not among them", zh="只有一个前缀；不包含完整长度")
def without_full_length(impl, t: Tools):
    u, v = growing(t, 4, 6), growing(t, 4, 6)
    return [impl.matryoshka_loss(distance, u, v, [3]), impl.matryoshka_loss(distance, u, v, [2, 4])]


@probe(en="u and v play different parts", zh="u 与 v 的角色不同")
def two_sides(impl, t: Tools):
    def one_sided(a, b):
        return (a * torch.arange(1.0, a.size(1) + 1, dtype=a.dtype) + b[:1]).square().mean()

    return impl.matryoshka_loss(one_sided, growing(t, 4, 5), growing(t, 4, 5), [5, 2], [1.0, 0.7])


@probe(en="What the base loss is given", zh="基础损失收到的张量", dtypes=False, no_grad=True)
def given(impl, t: Tools):
    seen = []

    def looking(a, b):
        seen.append([a.size(1), a.detach().clone(), b.detach().clone()])
        return (a * b).sum()

    result = impl.matryoshka_loss(looking, growing(t, 3, 6), growing(t, 3, 6), [6, 2, 4])
    return [result, sorted(seen, key=lambda call: call[0])]


@probe(en="Dims or weights that do not fit", zh="dims 或 weights 不合法", no_grad=True, dtypes=False)
def bad_arguments(impl, t: Tools):
    u, v, calls = t.randn(3, 4), t.randn(3, 4), []

    def counting(a, b):
        calls.append(a.size(1))
        return (a * b).sum()

    wrong = [([4, 5], None), ([4, 0], None), ([2, -1], None), ([4, 2], [1.0]), ([4], [1.0, 1.0])]
    raised = [
        t.raises(
            lambda dims=dims, weights=weights: impl.matryoshka_loss(counting, u, v, dims, weights), ValueError
        )
        for dims, weights in wrong
    ]
    return [raised, len(calls)]


def choose(a, b):
    """In-batch negatives on dot products."""
    return F.cross_entropy(a @ b.T / 0.3, torch.arange(len(a)))


def distance(a, b):
    return (a - b).square().sum(dim=-1).mean()


def growing(t, n, d):
    """(n, d), components from 0.6 up to 2 in size."""
    return t.randn(n, d) * torch.linspace(0.6, 2.0, d)
