"""Hidden tests of `sequence_log_probability`: responses of different lengths, masks from any token on."""

import torch

from llmprep.judge.probes import Tools, probe


def batch(t: Tools, size: int, length: int, vocabulary: int, scale: float = 2.0):
    """Logits, labels and a mask with prompt, response and padding of another length in every row."""
    logits = t.randn(size, length, vocabulary, scale=scale)
    labels = t.randint(0, vocabulary, size, length)
    mask = torch.zeros(size, length, dtype=torch.bool)
    for row in range(size):
        start = t.integer(1, length - 2)
        mask[row, start : t.integer(start + 2, length + 1)] = True
    return logits, labels, mask


@probe(en="Sums over the response", zh="对回答求和")
def values(impl, t: Tools):
    return impl.sequence_log_probability(*batch(t, 3, 8, 5))


@probe(en="Averages", zh="求平均")
def averages(impl, t: Tools):
    return impl.sequence_log_probability(*batch(t, 4, 9, 6), average=True)


@probe(en="Labels of −100 outside the response", zh="回答之外的标签是 −100")
def ignored_labels(impl, t: Tools):
    logits, labels, mask = batch(t, 3, 7, 4)
    labels = labels.masked_fill(~mask, -100)
    return [impl.sequence_log_probability(logits, labels, mask, average) for average in (False, True)]


@probe(en="A mask with holes that includes the first token", zh="mask 有空洞，并且包含第一个 token")
def first_token(impl, t: Tools):
    logits, labels, mask = t.randn(3, 6, 7), t.randint(0, 7, 3, 6), t.mask(3, 6)
    mask[:, 0] = True
    mask[0] = True
    return [impl.sequence_log_probability(logits, labels, mask, average) for average in (False, True)]


@probe(en="Nothing counts in one of the sequences", zh="其中一条序列没有 token 计入")
def nothing_counts(impl, t: Tools):
    logits, labels, mask = batch(t, 4, 6, 5)
    mask[1] = False
    mask[2] = torch.tensor([True] + [False] * 5)
    labels[1] = -100
    return [impl.sequence_log_probability(logits, labels, mask, average) for average in (False, True)]


@probe(en="Impossible tokens that do not count", zh="不计入的位置上 log 概率为 −∞")
def impossible_tokens(impl, t: Tools):
    logits, labels, mask = batch(t, 3, 6, 5)
    mask[:, 1] = False
    mask[:, 3] = True
    labels[:, 1] = 0
    logits[:, 0, 0] = float("-inf")
    return [impl.sequence_log_probability(logits, labels, mask, average) for average in (False, True)]


@probe(en="Logits around ±600 and improbable tokens", zh="logits 在 ±600 附近，以及极小的概率", dtypes=False)
def extreme(impl, t: Tools):
    logits, labels, mask = batch(t, 3, 7, 5)
    logits = logits + torch.tensor([600.0, -600.0, 0.0])[:, None, None]
    logits[2, :, 3] -= 300.0
    labels[2] = 3
    return impl.sequence_log_probability(logits, labels, mask)


@probe(en="Two tokens, one sequence", zh="只有两个 token、一条序列")
def smallest(impl, t: Tools):
    mask = torch.tensor([[False, True]])
    return impl.sequence_log_probability(t.randn(1, 2, 4), t.randint(0, 4, 1, 2), mask, True)
