"""Hidden tests of `kl_divergence`: P and Q far apart and of different spread, so that nothing cancels."""

import torch

from llmprep.judge.probes import Tools, probe

INFINITY = float("inf")


@probe(en="One divergence per distribution", zh="每个分布一个散度")
def values(impl, t: Tools):
    return impl.kl_divergence(t.randn(3, 5), t.randn(3, 5, scale=2.0), reduction="none")


@probe(en="The default reduction, and the three by name", zh="默认的 reduction，以及指定的三种")
def reductions(impl, t: Tools):
    p, q = t.randn(4, 6, scale=1.5), t.randn(4, 6)
    return [impl.kl_divergence(p, q), *(impl.kl_divergence(p, q, name) for name in REDUCED)]


@probe(en="Several axes before the classes", zh="类别之前有多个维度")
def several_axes(impl, t: Tools):
    p, q = t.randn(2, 3, 4, 5, scale=1.5), t.randn(2, 3, 4, 5)
    return [impl.kl_divergence(p, q), *(impl.kl_divergence(p, q, name) for name in ("none", *REDUCED))]


@probe(en="Logits with an offset are the same distribution", zh="整体平移的 logits 是同一个分布")
def offset(impl, t: Tools):
    p, q = t.randn(3, 4), t.randn(3, 4, scale=2.0)
    return [impl.kl_divergence(p, q + 3.0, "none"), impl.kl_divergence(p - 2.0, q, "none")]


# whole numbers: exact in every dtype, so that the inputs do not round
@probe(en="Probabilities that underflow", zh="概率下溢")
def underflow(impl, t: Tools):
    p, q = t.randint(-3, 3, 3, 5).float(), t.randint(-3, 3, 3, 5).float()
    q[:, 0] += 192.0
    p[1, 2] += 512.0
    return [impl.kl_divergence(p, q, "none"), impl.kl_divergence(p + 8192.0, q - 8192.0, "none")]


@probe(en="Classes that P excludes, alone or with Q", zh="被 P 排除的类别（Q 也排除或不排除）")
def excluded_by_p(impl, t: Tools):
    p, q = t.randn(4, 6), t.randn(4, 6, scale=2.0)
    p[0, 1] = p[2, [0, 5]] = -INFINITY
    q[2, 0] = -INFINITY
    p[3, :5] = q[3, :2] = -INFINITY
    return impl.kl_divergence(p, q, "none")


@probe(en="A class that only Q excludes", zh="只被 Q 排除的类别", no_grad=True)
def excluded_by_q(impl, t: Tools):
    p, q = t.randn(3, 4), t.randn(3, 4)
    q[1, 2] = -INFINITY
    return [impl.kl_divergence(p, q, "none"), impl.kl_divergence(p, q, "mean")]


@probe(en="Almost certain and almost uniform", zh="几乎确定与几乎均匀")
def spread(impl, t: Tools):
    sharp, flat = t.randn(3, 7, scale=12.0), t.randn(3, 7, scale=0.5)
    return [impl.kl_divergence(sharp, flat, "none"), impl.kl_divergence(flat, sharp, "none")]


@probe(en="An unknown reduction", zh="未知的 reduction", no_grad=True, dtypes=False)
def unknown(impl, t: Tools):
    p, q = t.randn(2, 3), t.randn(2, 3)
    names = ("average", "batch_mean", "")
    return [t.raises(lambda name=name: impl.kl_divergence(p, q, name), ValueError) for name in names]


@probe(en="One class, one distribution", zh="只有一个类别、一个分布")
def small(impl, t: Tools):
    one = torch.zeros(1, 1)
    return [impl.kl_divergence(one, one + 2.0), impl.kl_divergence(t.randn(1, 3), t.randn(1, 3, scale=3.0))]


REDUCED = ("sum", "mean", "batchmean")
