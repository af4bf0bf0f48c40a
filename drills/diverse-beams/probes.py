"""Hidden tests of diverse beam search; what the model says next depends on the whole prefix, in its order."""

import torch

from llmprep.judge.probes import Tools, probe

BOS, STATES = 2, 89


@probe(en="Random models, two or three groups", zh="随机模型，两组或三组")
def values(impl, t: Tools):
    return [search(impl, Model(t, 9), beams, groups, 4, 0.8) for beams, groups in ((4, 2), (6, 3), (6, 2))]


@probe(en="No penalty: all groups find the same", zh="没有惩罚：各组结果相同")
def no_penalty(impl, t: Tools):
    return search(impl, Model(t, 8), 6, 3, 4, 0.0)


@probe(en="One group is beam search", zh="只有一组就是 beam search")
def one_group(impl, t: Tools):
    return [search(impl, Model(t, 7), 3, 1, 5, 0.9), search(impl, Model(t, 7), 1, 1, 5, 0.9)]


@probe(en="Groups of one", zh="每组只有一个名额")
def groups_of_one(impl, t: Tools):
    return [search(impl, Model(t, 8), 4, 4, 5, strength) for strength in (0.3, 1.5)]


@probe(en="A penalty above all differences", zh="惩罚大过一切差异")
def strong(impl, t: Tools):
    return [search(impl, Model(t, 13), 6, 3, 3, 15.0), search(impl, Model(t, 4), 9, 3, 3, 12.0)]


@probe(en="Weak penalties that count how often a token was chosen", zh="弱惩罚：token 被选的次数起作用")
def counted(impl, t: Tools):
    return [search(impl, Model(t, 5, scale=0.6), 8, 2, 5, strength) for strength in (0.15, 0.3, 0.6)]


@probe(en="More places than continuations", zh="名额多于续写")
def exhaustive(impl, t: Tools):
    return [search(impl, Model(t, 3), 24, 2, 3, 0.5), search(impl, Model(t, 4), 10, 2, 1, 0.5)]


@probe(en="Groups that do not divide the beams", zh="组数不能整除 beam 数")
def uneven(impl, t: Tools):
    model = Model(t, 5)
    return [
        t.raises(lambda: impl.diverse_beam_search(model, BOS, 5, 2, 3, 0.5)),
        t.raises(lambda: impl.diverse_beam_search(model, BOS, 2, 4, 3, 0.5)),
        search(impl, model, beams=5, groups=5, length=2, strength=0.7),
    ]


def search(impl, model, *arguments, **named):
    found = impl.diverse_beam_search(model, BOS, *arguments, **named)
    return [[[list(tokens), total] for tokens, total in group] for group in found]


class Model:
    """Log-probabilities from a table, by a state that the whole prefix leads to."""

    def __init__(self, t: Tools, vocabulary: int, scale: float = 1.2):
        self.log_probabilities = t.randn(STATES, vocabulary, scale=scale).log_softmax(dim=-1)

    def __call__(self, prefixes):
        """Shapes: (n, t) -> (n, V)."""
        if prefixes.dim() != 2 or not len(prefixes) or prefixes.dtype != torch.int64:
            raise ValueError(f"the model is fed {prefixes.dtype} {tuple(prefixes.shape)}")
        if (prefixes[:, 0] != BOS).any():
            raise ValueError("the model is fed a prefix without BOS")
        state = torch.zeros(len(prefixes), dtype=torch.int64)
        for column in prefixes.unbind(dim=1):
            state = (state * 11 + column + 1) % STATES
        return self.log_probabilities[state]
