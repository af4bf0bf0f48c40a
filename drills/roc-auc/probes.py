"""Hidden tests of ROC-AUC: uneven classes, scores outside [0, 1], and every kind of tie."""

from llmprep.judge.probes import Tools, probe


@probe(en="Different scores, uneven classes", zh="分数互不相同，类别不均衡")
def values(impl, t: Tools):
    return [impl.roc_auc(*examples(t, n, share)) for n, share in ((9, 0.3), (40, 0.7), (25, 0.2))]


@probe(en="Scores that tie, within and across classes", zh="分数有并列，类内类间都有")
def ties(impl, t: Tools):
    drawn = [examples(t, n, 0.4) for n in (12, 30, 50)]
    return [
        [impl.roc_auc(labels, [float(round(2 * s)) for s in scores]) for labels, scores in drawn],
        impl.roc_auc([1, 0, 1, 0, 0], [0.5, 0.5, 0.5, 0.1, 0.9]),
    ]


@probe(en="All scores equal", zh="分数全部相等")
def constant(impl, t: Tools):
    labels = [1, 0, 0, 1, 0, 0, 1][: t.integer(3, 8)]
    return [impl.roc_auc(labels, [0.7] * len(labels)), impl.roc_auc(labels[::-1], [-1.0] * len(labels))]


@probe(en="A perfect, a reversed and a random classifier", zh="完美的、完全颠倒的与随机的分类器")
def extremes(impl, t: Tools):
    labels, scores = examples(t, 20, 0.5)
    apart = [2 * label - 1 + 0.001 * score for label, score in zip(labels, scores, strict=True)]
    return [
        impl.roc_auc(labels, apart),
        impl.roc_auc(labels, [-score for score in apart]),
        impl.roc_auc([0, 1, 1, 0], [0.8, 0.3, 0.6, 0.7]),
    ]


@probe(en="Logits, and scores that differ in the last digits", zh="logits，以及只差末几位的分数")
def scales(impl, t: Tools):
    labels, scores = examples(t, 30, 0.4)
    close = [0.9 + 1e-9 * score for score in scores]
    return [impl.roc_auc(labels, [300 * s - 50 for s in scores]), impl.roc_auc(labels, close)]


@probe(en="One class only, or nothing", zh="只有一类，或者没有样本")
def one_class(impl, t: Tools):
    return [
        t.raises(lambda: impl.roc_auc([1, 1, 1], [0.2, 0.9, 0.4])),
        t.raises(lambda: impl.roc_auc([0, 0], [0.2, 0.9])),
        t.raises(lambda: impl.roc_auc([], [])),
        impl.roc_auc([0, 1], [0.2, 0.9]),
    ]


@probe(en="20 000 examples, half of each class", zh="两万个样本，正负各半")
def many(impl, t: Tools):
    labels = [0, 1] * 10_000
    noise = t.randint(0, 4000, len(labels)).tolist()
    scores = [value + 700.0 * label for label, value in zip(labels, noise, strict=True)]
    return impl.roc_auc(labels, scores)


def examples(t: Tools, n: int, share: float):
    """Labels, `share` of them 1, at least one of each, and scores that are somewhat higher for 1."""
    labels = [1, 0, *(int(u < share) for u in t.rand(n - 2).tolist())]
    scores = [0.8 * label + e for label, e in zip(labels, t.randn(n).tolist(), strict=True)]
    return labels, scores
