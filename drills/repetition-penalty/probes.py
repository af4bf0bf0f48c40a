"""Hidden tests of `repetition_penalty` and `no_repeat_ngram`.

Gradients of the penalty are not compared: gather and scatter by ids is a right answer, but where ids repeat
torch counts the gradient several times.
"""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Positive and negative logits of seen tokens", zh="出现过的 token，logit 有正有负", no_grad=True)
def penalised(impl, t: Tools):
    logits, ids = t.randn(3, 11, scale=2.0), t.randint(0, 11, 3, 5)
    return [impl.repetition_penalty(logits, ids, penalty) for penalty in (1.3, 2.0)]


@probe(en="Tokens that occur many times", zh="多次出现的 token", no_grad=True)
def many_times(impl, t: Tools):
    logits, ids = t.randn(2, 7, scale=2.0), t.randint(2, 5, 2, 17)
    return [impl.repetition_penalty(logits, ids, 1.7), impl.repetition_penalty(logits, ids[:, :1], 3)]


@probe(en="A penalty of 1, a reward, and −∞", zh="penalty 为 1、鼓励重复，以及 −∞", no_grad=True)
def reward(impl, t: Tools):
    logits, ids = t.randn(2, 6), torch.tensor([[0, 2, 4], [5, 0, 1]])
    masked = logits.masked_fill(torch.tensor([True, False, False] * 2), -torch.inf)
    calls = (logits, 1.0), (logits, 0.4), (masked, 1.5), (masked, 0.5)
    return [impl.repetition_penalty(x, ids, penalty) for x, penalty in calls]


@probe(en="Repeated bigrams and trigrams", zh="重复的二元组与三元组")
def repeated(impl, t: Tools):
    logits, ids = t.randn(4, 9), t.randint(1, 4, 4, 14)
    return [impl.no_repeat_ngram(logits, ids, n) for n in (2, 3)]


@probe(en="Given texts: overlaps, several endings, the whole text", zh="给定的文本：重叠、多种结尾、整段文本")
def given_texts(impl, t: Tools):
    texts = torch.tensor(
        [
            [4, 4, 4, 4, 4, 4],  # overlapping
            [1, 2, 5, 1, 2, 1],
            [3, 1, 2, 3, 1, 0],
            [1, 2, 3, 4, 1, 2],  # the first window
            [5, 1, 2, 3, 1, 2],
            [0, 1, 2, 1, 0, 2],  # in another order only
        ]
    )
    logits = t.randn(6, 8)
    return [impl.no_repeat_ngram(logits, texts, n) for n in (2, 3, 4, 5, 6)]


@probe(en="n = 1: every token of the text", zh="n = 1：文本里的每个 token")
def unigrams(impl, t: Tools):
    return [impl.no_repeat_ngram(t.randn(3, 9), t.randint(0, 9, 3, length), 1) for length in (4, 1)]


@probe(en="Texts that are too short, or just long enough", zh="文本太短，或刚好够长")
def short_texts(impl, t: Tools):
    logits = t.randn(2, 5)
    texts = (
        torch.tensor([[3, 3, 3], [1, 2, 1]]),
        torch.tensor([[2, 2], [1, 0]]),
        torch.tensor([[4], [0]]),
    )
    return [impl.no_repeat_ngram(logits, text, n) for text in texts for n in (2, 3, 4, 7)]
