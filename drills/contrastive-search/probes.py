"""Hidden tests of contrastive search, on toy models whose hidden states depend on the whole prefix.

The model notes the shapes in which it is called, so that calls that are not needed show.
"""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Scores of candidates", zh="候选的得分")
def scores(impl, t: Tools):
    p = t.rand(5, low=0.05, high=0.9)
    return [impl.candidate_scores(p, t.randn(5, 6), t.randn(7, 6), alpha) for alpha in (0.3, 0.6)]


@probe(
    en="One token so far, one candidate, vectors of unlike lengths",
    zh="只有一个 token、一个候选、长短悬殊的向量",
)
def few(impl, t: Tools):
    long = t.randn(4, 6) * torch.tensor([[1e-2], [1.0], [30.0], [5.0]])
    context = t.randn(3, 6) * torch.tensor([[50.0], [0.1], [2.0]])
    one = impl.candidate_scores(t.rand(1), t.randn(1, 4), t.randn(1, 4), 0.45)
    return [
        one,
        impl.candidate_scores(t.rand(4), long, context, alpha=0.7),
        impl.candidate_scores(t.rand(2), t.randn(2, 3), t.randn(1, 3), 0.5),
    ]


@probe(en="All similarities negative; alpha 0 and 1", zh="相似度全为负；alpha 取 0 和 1")
def ends(impl, t: Tools):
    candidates, context = t.rand(3, 5, low=0.2, high=1.0), -t.rand(4, 5, low=0.2, high=1.0)
    p = t.rand(3)
    return [impl.candidate_scores(p, candidates, context, alpha) for alpha in (0.5, 0.0, 1.0)]


@probe(
    en="Generated tokens, and the calls of the model", zh="生成的 token，以及模型被调用的情况", no_grad=True
)
def generated(impl, t: Tools):
    seen = []
    for k, alpha in ((3, 0.5), (5, 0.8), (2, 0.3)):
        model = Toy(t, tokens=11)
        seen.append([impl.contrastive_search(model, [4, 1, 7], 6, k, alpha), model.shapes])
    flat = Toy(t, tokens=40, sharpness=0.4)  # the candidates together have little probability
    return [*seen, *(impl.contrastive_search(flat, [first, 7], 4, 4, 0.05) for first in range(0, 36, 6))]


@probe(en="A model that repeats itself", zh="爱重复的模型", no_grad=True)
def repeating(impl, t: Tools):
    seen = []
    for alpha in (0.6, 0.1):
        model = Toy(t, tokens=9, habit=4.0)
        seen.append(impl.contrastive_search(model, [2, 5], max_new_tokens=8, alpha=alpha))
    return seen


@probe(en="k = 1 and alpha = 0 are greedy; k = V", zh="k = 1 与 alpha = 0 即 greedy；k = V", no_grad=True)
def greedy(impl, t: Tools):
    model = Toy(t, tokens=7)
    settings = ((1, 0.9), (4, 0.0), (7, 0.7))
    return [impl.contrastive_search(model, [3], 5, k=k, alpha=alpha) for k, alpha in settings]


@probe(en="eos, no new tokens, a single one", zh="eos、不生成、只生成一个", no_grad=True)
def endings(impl, t: Tools):
    model = Toy(t, tokens=8)
    free = impl.contrastive_search(model, [1, 6], 7, 3, 0.5)
    seen = [free]
    for eos in (free[3], free[-1], 6, 8, 0, 1):
        model.shapes.clear()
        seen.append([impl.contrastive_search(model, [1, 6], 7, 3, 0.5, eos), list(model.shapes)])
    seen.append(impl.contrastive_search(model, [1, 6], 0))
    return [*seen, *(impl.contrastive_search(model, [first], 1) for first in range(6))]


class Toy:
    """Hidden states that mix a token with the mean of its prefix; `habit` prefers the tokens seen last."""

    def __init__(self, t: Tools, tokens: int, habit: float = 0.0, sharpness: float = 1.5):
        self.table, self.head = t.randn(tokens, 6), t.randn(6, tokens, scale=sharpness)
        self.habit = habit
        self.shapes: list[list[int]] = []

    def __call__(self, ids):
        self.shapes.append(list(ids.shape))
        embedded = self.table[ids]
        steps = torch.arange(1, ids.size(1) + 1).view(1, -1, 1)
        mean = embedded.cumsum(dim=1) / steps
        hidden = torch.tanh(embedded + 0.7 * mean + 0.05 * steps)
        logits = hidden @ self.head
        if self.habit:
            logits = logits + self.habit * torch.nn.functional.one_hot(ids, logits.size(-1))
        return logits, hidden
