"""Hidden tests of `causal_lm_loss`: B, T and V differ, and sequences have different numbers of labels."""

import torch

from llmprep.judge.probes import Tools, probe

IGNORED = -100


@probe(en="Every label counts", zh="所有标签都计入")
def all_counted(impl, t: Tools):
    return impl.causal_lm_loss(t.randn(3, 5, 7, scale=2.0), t.randint(0, 7, 3, 5))


@probe(en="Ignored labels, not equally many per sequence", zh="有被忽略的标签，每条序列个数不同")
def ignored(impl, t: Tools):
    labels = t.randint(0, 6, 3, 8)
    labels[0, 2:] = IGNORED
    labels[1, :4] = IGNORED
    labels[2, 0], labels[2, 5] = IGNORED, IGNORED
    return impl.causal_lm_loss(t.randn(3, 8, 6, scale=3.0), labels)


@probe(en="The first label is not predicted", zh="第一个标签不被预测")
def first_label(impl, t: Tools):
    logits, labels = t.randn(2, 4, 5), t.randint(1, 5, 2, 4)
    other, hidden = labels.clone(), labels.clone()
    other[:, 0] = 0
    hidden[:, 0] = IGNORED
    return [impl.causal_lm_loss(logits, ids) for ids in (labels, other, hidden)]


@probe(en="Another ignore_index, also an id of the vocabulary", zh="换一个 ignore_index，也可以是词表里的 id")
def other_index(impl, t: Tools):
    logits, labels = t.randn(2, 6, 4, scale=2.0), t.randint(0, 4, 2, 6)
    labels[0, 1], labels[0, 3], labels[1, 2] = 0, 3, 1
    negative = labels.masked_fill(labels == 2, -1)
    negative[0, 4] = -1
    return [
        impl.causal_lm_loss(logits, labels, 0),
        impl.causal_lm_loss(logits, labels, ignore_index=3),
        impl.causal_lm_loss(logits, negative, -1),
    ]


@probe(en="No label counts, and sequences of one token", zh="没有标签计入，以及长度为 1 的序列")
def nothing_to_predict(impl, t: Tools):
    only_first = torch.full((2, 3), IGNORED)
    only_first[:, 0] = 1  # predicted by nothing
    return [
        impl.causal_lm_loss(t.randn(2, 3, 5), torch.full((2, 3), IGNORED)),
        impl.causal_lm_loss(t.randn(2, 3, 5), only_first),
        impl.causal_lm_loss(t.randn(4, 1, 5), t.randint(0, 5, 4, 1)),
        impl.causal_lm_loss(t.randn(1, 2, 5), t.randint(0, 5, 1, 2)),  # one label, for a gradient
    ]


@probe(en="One sequence, one counted label at its end", zh="单条序列，只有末尾一个标签计入")
def last_label(impl, t: Tools):
    labels = torch.full((1, 4), IGNORED)
    labels[0, 3] = 2
    return impl.causal_lm_loss(t.randn(1, 4, 9), labels)


# not in bfloat16: logits in the hundreds are rounded by more than the loss of a right answer
@probe(en="Logits in the hundreds", zh="logits 上百", dtypes=False)
def large_logits(impl, t: Tools):
    return impl.causal_lm_loss(t.randn(2, 3, 5, scale=400.0), t.randint(0, 5, 2, 3))


@probe(en="Labels that are every second column of a table", zh="labels 是大表里隔列取出的视图")
def strided_labels(impl, t: Tools):
    return impl.causal_lm_loss(t.randn(2, 4, 6), t.randint(0, 6, 2, 8)[:, ::2])
