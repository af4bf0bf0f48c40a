"""Hidden tests of `verify`, exactly, and of `speculative_step`, by the law of what it returns."""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Random distributions and uniforms", zh="随机的分布与均匀数", dtypes=False, no_grad=True)
def values(impl, t: Tools):
    return [impl.verify(*drafted(t, k, 7), t.rand(k)) for k in (1, 2, 3, 4, 5, 5, 6, 6)]


@probe(en="Rejected at a given place", zh="在指定位置被拒绝", dtypes=False, no_grad=True)
def rejected_at(impl, t: Tools):
    results = []
    for place in range(4):
        target, draft, tokens = drafted(t, 4, 6)
        target[place, tokens[place]] = 0.25 * draft[place, tokens[place]]
        target[place] /= target[place].sum()
        uniforms = torch.zeros(4)
        uniforms[place] = 0.98
        results.append(impl.verify(target, draft, tokens, uniforms))
    return results


@probe(en="All accepted: a bonus token", zh="全部接受：再送一个 token", dtypes=False, no_grad=True)
def all_accepted(impl, t: Tools):
    target, draft, tokens = drafted(t, 3, 5)
    target[:3] = draft
    return [
        impl.verify(target, draft, tokens, t.rand(3)),
        impl.verify(target[[0, 3]], draft[:1], tokens[:1], torch.tensor([0.999])),
        impl.verify(*drafted(t, 4, 5), torch.zeros(4)),
    ]


@probe(en="Exact numbers, in other dtypes too", zh="精确的数值，也换其他 dtype", no_grad=True)
def exact(impl, t: Tools):
    draft = torch.tensor([[8.0, 4, 2, 2], [2, 4, 8, 2], [4, 4, 4, 4]]) / 16
    target = torch.tensor([[4.0, 8, 0, 4], [2, 0, 12, 2], [0, 1, 7, 8], [2, 8, 5, 1]]) / 16
    found = []
    for tokens, uniforms in (
        ([0, 2, 2], [0.25, 0.75, 0.9375]),  # p/q: 1/2, 3/2, 7/4
        ([0, 2, 3], [0.75, 0.125, 0.125]),  # 1/2: rejected, the later ones would be accepted
        ([1, 1, 2], [0.5, 0.0, 0.0]),  # 2, 0: no uniform is below 0
        ([3, 0, 1], [0.875, 0.9375, 0.5]),  # 2, 1, 1/4
        ([1, 2, 0], [0.9375, 0.5, 0.0]),  # 2, 3/2, 0
        ([3, 3, 1], [0.0, 0.0, 0.125]),  # 2, 1, 1/4
    ):
        found.append(impl.verify(target, draft, torch.tensor(tokens), torch.tensor(uniforms)))
    return found


@probe(en="What a step returns for given drafts", zh="给定草稿时一步返回什么", random=True)
def step_for_given_drafts(impl, t: Tools):
    target = torch.tensor([[0.2, 0.5, 0.1, 0.2], [0.1, 0.2, 0.3, 0.4], [0.55, 0.05, 0.3, 0.1]])
    draft = torch.tensor([[0.4, 0.3, 0.2, 0.1], [0.3, 0.1, 0.2, 0.4]])
    tokens, generator = torch.tensor([0, 0]), fresh(t)
    return t.law(lambda: list(impl.speculative_step(target, draft, tokens, generator)), 220)


@probe(en="What a step returns for drafts that were drawn", zh="草稿随机抽取时一步返回什么", random=True)
def step_for_drawn_drafts(impl, t: Tools):
    target = torch.tensor([[0.7, 0.1, 0.2], [0.1, 0.6, 0.3]])
    draft = torch.tensor([[0.3, 0.4, 0.3]])
    generator, draws = fresh(t), torch.multinomial(draft[0].expand(200, 3), 1, generator=fresh(t))
    pending = iter(draws)
    return t.law(lambda: list(impl.speculative_step(target, draft, next(pending), generator)), 200)


@probe(en="Each token has a uniform of its own", zh="每个 token 用各自的均匀数", random=True)
def own_uniforms(impl, t: Tools):
    draft = torch.tensor([[0.5, 0.5]]).repeat(2, 1)
    target = torch.tensor([[0.3, 0.7], [0.3, 0.7], [1.0, 0.0]])
    tokens, generator = torch.tensor([0, 0]), fresh(t)
    return t.law(lambda: list(impl.speculative_step(target, draft, tokens, generator)), 160)


@probe(
    en="The generator decides, and moves on",
    zh="结果由 generator 决定，并且它会往前走",
    dtypes=False,
    no_grad=True,
)
def generators(impl, t: Tools):
    target, draft, tokens = drafted(t, 3, 3000)
    seed = t.integer(0, 10_000)

    def steps(generator):
        return [list(impl.speculative_step(target, draft, tokens, generator)) for _ in range(6)]

    def of_default():
        torch.default_generator.manual_seed(seed)
        return [list(impl.speculative_step(target, draft, tokens)) for _ in range(6)]

    given = [steps(torch.Generator().manual_seed(seed)) for _ in range(2)]
    default = [of_default() for _ in range(2)]
    distinct = [len({tuple(step) for step in run[0]}) > 1 for run in (given, default)]
    return [
        given[0] == given[1],
        default[0] == default[1],
        distinct,
        {type(x).__name__ for x in given[0][0]} == {"int"},
    ]


def drafted(t: Tools, k: int, vocabulary: int):
    """Random distributions, and tokens to which both give some probability."""
    target, draft = t.randn(k + 1, vocabulary).softmax(-1), t.randn(k, vocabulary).softmax(-1)
    return target, draft, t.randint(0, vocabulary, k)


def fresh(t: Tools) -> torch.Generator:
    return torch.Generator().manual_seed(t.integer(0, 1_000_000))
