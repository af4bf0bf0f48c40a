"""Hidden tests of `beam_search`; what the model says next depends on the whole prefix, in its order."""

import torch

from llmprep.judge.probes import Tools, probe

BOS, EOS, STATES = 0, 1, 89


@probe(en="Random models, a few beams", zh="随机模型，几条 beam")
def values(impl, t: Tools):
    return [search(impl, Model(t, 7, ending=1.0), beams, 5) for beams in (2, 3, 4)]


@probe(en="One beam is greedy search", zh="一条 beam 就是贪心")
def greedy(impl, t: Tools):
    return [search(impl, Model(t, 6, ending=ending), 1, 5) for ending in (0.0, -3.0, 1.5)]


@probe(en="More beams than continuations: everything is searched", zh="beam 比续写还多：相当于穷举")
def exhaustive(impl, t: Tools):
    return [
        search(impl, Model(t, 3), 40, 3),
        search(impl, Model(t, 4), 5, 2),
        search(impl, Model(t, 3), 2, 1),
    ]


@probe(en="Other length penalties", zh="不同的长度惩罚")
def length_penalties(impl, t: Tools):
    model = Model(t, 5, ending=1.5, scale=1.0)
    return [search(impl, model, 3, 6, length_penalty=alpha) for alpha in (0.0, 0.6, 3.0)]


@probe(en="All hypotheses end early", zh="所有假设都提前结束")
def early_ends(impl, t: Tools):
    return [
        search(impl, Model(t, 5, ending=9.0, scale=1.0), 2, 30),
        search(impl, Model(t, 4, ending=40.0), 1, 9),
    ]


@probe(en="Nothing ends before the limit", zh="到上限都没有结束")
def no_end(impl, t: Tools):
    return search(impl, Model(t, 6, ending=-torch.inf), 3, 4)


@probe(en="Only few continuations are possible", zh="可行的续写很少")
def forbidden_tokens(impl, t: Tools):
    model = Model(t, 6)
    for state in range(STATES):  # two ways to go on from anywhere
        allowed = torch.zeros(6, dtype=torch.bool)
        allowed[[1 + state % 5, 1 + (state + 2) % 5]] = True
        model.logits[state, ~allowed] = -torch.inf
    return [search(impl, model, 5, 4), search(impl, model, 3, 3, 0.5)]


@probe(en="A path so long that its probability underflows", zh="路径很长，概率乘积会下溢")
def long_path(impl, t: Tools):
    return search(impl, Model(t, 64, ending=-torch.inf, scale=0.3), 2, 34)


def search(impl, model, beams, max_length, *length_penalty, **named):
    """What is found, and how many prefixes of which length each call of the model had."""
    model.calls = []
    found = impl.beam_search(model, BOS, EOS, beams, max_length, *length_penalty, **named)
    return {"found": [[list(tokens), score] for tokens, score in found], "calls": model.calls}


class Model:
    """Log-probabilities from a table, by a state that the whole prefix leads to.

    Args:
        ending: what is added to the logit of EOS.
    """

    def __init__(self, t: Tools, vocabulary: int, ending: float = 0.0, scale: float = 1.5):
        self.logits = t.randn(STATES, vocabulary, scale=scale)
        self.logits[:, EOS] += ending
        self.drift = t.randn(64, vocabulary, scale=0.02)  # or two orders of the same states would tie
        self.calls: list[list[int]] = []

    def __call__(self, prefixes):
        """Shapes: (n, t) -> (n, V)."""
        if prefixes.dim() != 2 or not len(prefixes) or prefixes.dtype != torch.int64:
            raise ValueError(f"the model is fed {prefixes.dtype} {tuple(prefixes.shape)}")
        if (prefixes[:, 0] != BOS).any() or (prefixes[:, 1:] == EOS).any():
            raise ValueError("the model is fed a prefix without BOS, or a finished one")
        self.calls.append(list(prefixes.shape))
        state = torch.zeros(len(prefixes), dtype=torch.int64)
        for column in prefixes.unbind(dim=1):
            state = (state * 11 + column + 1) % STATES
        return (self.logits[state] + self.drift[prefixes.shape[1]]).log_softmax(dim=-1)
