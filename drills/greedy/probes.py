"""Hidden tests of `greedy_decode`; what the model says depends on all tokens it is fed, in their order."""

import torch

from llmprep.judge.probes import Tools, probe

VOCABULARY, EOS, STATES = 9, 4, 97


@probe(en="Several prompts, nobody says EOS", zh="几条 prompt，谁也没说 EOS")
def until_the_limit(impl, t: Tools):
    return decode(impl, Model(t, ending=-50.0), prompts(t, 3, 4), 6, 50)


@probe(en="Longer than the context", zh="超过上下文上限")
def limited_context(impl, t: Tools):
    model = Model(t, ending=-50.0)
    return [
        decode(impl, model, prompts(t, 2, length), 5, context) for length, context in ((4, 6), (7, 3), (3, 1))
    ]


@probe(en="Some say EOS early", zh="有的很早就说 EOS")
def ends_apart(impl, t: Tools):
    return [decode(impl, Model(t, ending=ending), prompts(t, 10, 3), 8, 20) for ending in (0.5, 1.0)]


@probe(en="Everybody says EOS at once", zh="所有序列马上就说 EOS")
def ends_at_once(impl, t: Tools):
    return decode(impl, Model(t, ending=50.0), prompts(t, 3, 2), 7, 20)


@probe(en="EOS stands in the prompts", zh="prompt 里有 EOS")
def eos_in_prompts(impl, t: Tools):
    ids = prompts(t, 3, 4)
    ids[0, -1] = ids[1, 0] = ids[2, -1] = EOS
    return [decode(impl, Model(t, ending=ending), ids, 5, 20) for ending in (-50.0, 1.5)]


@probe(en="A limit of one token, and of none", zh="上限为 1 个 token，以及 0 个")
def small_limits(impl, t: Tools):
    model = Model(t)
    return [decode(impl, model, prompts(t, 2, 3), limit, 20) for limit in (1, 0)]


@probe(en="Gradients are off while the model runs", zh="模型运行时不记录梯度")
def gradients_off(impl, t: Tools):
    model = Model(t, ending=-50.0)
    with torch.enable_grad():
        impl.greedy_decode(model, prompts(t, 2, 3), 2, 20, EOS)
    return model.recorded_gradients


def decode(impl, model, ids, limit, context):
    """What is generated, and the shapes that the model was fed."""
    model.fed, model.context = [], context
    return {"ids": impl.greedy_decode(model, ids, limit, context, EOS), "fed": model.fed}


def prompts(t: Tools, rows: int, length: int):
    ids = t.randint(0, VOCABULARY - 1, rows, length)
    return ids + (ids >= EOS)


class Model:
    """Logits from a table, by a state that the tokens up to each position lead to."""

    def __init__(self, t: Tools, ending: float = 0.0):
        self.logits = t.randn(STATES, VOCABULARY)
        self.logits[:, EOS] += ending
        self.context = 50
        self.fed: list[list[int]] = []
        self.recorded_gradients: list[bool] = []

    def __call__(self, tokens):
        """Shapes: (B, t) -> (B, t, V)."""
        if tokens.dim() != 2 or not 1 <= tokens.size(1) <= self.context:
            raise ValueError(f"the model is fed {tuple(tokens.shape)}, its context is {self.context}")
        self.fed.append(list(tokens.shape))
        self.recorded_gradients.append(torch.is_grad_enabled())
        state, states = torch.zeros(len(tokens), dtype=torch.int64), []
        for column in tokens.unbind(dim=1):
            state = (state * 13 + column + 1) % STATES
            states.append(state)
        return self.logits[torch.stack(states, dim=1)]
