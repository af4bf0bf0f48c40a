"""Hidden tests of `sample`: laws of the tokens of one large call, and cases in which they are certain."""

from collections.abc import Iterable

import torch

from llmprep.judge.probes import Tools, probe


@probe(
    en="How often each token is drawn, sharper and flatter",
    zh="不同 temperature 下各 token 的频率",
    random=True,
)
def shares(impl, t: Tools):
    logits = torch.tensor([1.5, 0.0, -1.0, 0.7, -torch.inf, 0.3]).expand(500, 6)
    return [law(t, impl.sample(logits, T, fresh(t)).tolist()) for T in (0.5, 1, 2.5)]


@probe(en="Every row has its own law", zh="每一行有各自的分布", random=True)
def rows(impl, t: Tools):
    logits = torch.tensor([[2.0, 0.0, 0.5], [-1.0, 1.5, 0.0], [0.0, 0.0, 900.0]]).repeat(200, 1, 1)
    tokens = impl.sample(logits, 1.3, fresh(t))
    return [law(t, tokens[:, row].tolist()) for row in range(3)]


@probe(en="Rows are drawn independently", zh="各行独立抽取", random=True)
def independent(impl, t: Tools):
    tokens = impl.sample(torch.tensor([0.4, 0.0]).expand(300, 2, 2), 0.8, fresh(t))
    return law(t, tokens.tolist())


@probe(en="Temperature 0: the largest logit", zh="temperature 为 0：logit 最大的 token", no_grad=True)
def zero(impl, t: Tools):
    logits = apart(t, 2, 3, 7)
    masked = logits.masked_fill(torch.arange(7) % 3 == 1, -torch.inf)
    close = 1 + apart(t, 9, 20) / 64
    return [impl.sample(logits, 0.0), impl.sample(masked, 0, fresh(t)), impl.sample(close, 0.0, fresh(t))]


@probe(en="Temperature close to 0, and large logits", zh="temperature 接近 0，logits 很大", no_grad=True)
def tiny(impl, t: Tools):
    logits = apart(t, 4, 6)
    steep = torch.tensor([[-900.0, 1000.0, 500.0], [1000.0, 250.0, 0.0], [-1000.0, -900.0, -500.0]])
    return [
        impl.sample(logits, 1e-3, fresh(t)),
        impl.sample(steep, 1e-6, fresh(t)),
        impl.sample(steep, 1.0, fresh(t)),
    ]


@probe(en="One row, and several leading dimensions", zh="单独一行，以及多个前置维度", no_grad=True)
def shapes(impl, t: Tools):
    logits = torch.full((2, 3, 4, 5), -torch.inf)
    logits.scatter_(-1, t.randint(0, 5, 2, 3, 4, 1), 0.5)
    return [impl.sample(logits[i], 1.5, fresh(t)) for i in ((0, 0, 0), (1, 1), (0,), (slice(None),))]


@probe(
    en="The generator decides, and moves on",
    zh="结果由 generator 决定，并且它会往前走",
    no_grad=True,
    dtypes=False,
)
def generators(impl, t: Tools):
    logits, seed = t.randn(30, 50), t.integer(0, 10_000)

    def draws(generator):
        return [impl.sample(logits, 2.0, generator) for _ in range(2)]

    def default_draws():
        torch.default_generator.manual_seed(seed)
        return [impl.sample(logits, temperature=2.0) for _ in range(2)]

    given = [draws(torch.Generator().manual_seed(seed + i)) for i in (0, 0, 1)]
    default = [default_draws() for _ in range(2)]
    differ = [given[0][0] - given[0][1], given[0][0] - given[2][0], default[0][0] - default[0][1]]
    repeated = [given[0][0] - given[1][0], given[0][1] - given[1][1], default[0][0] - default[1][0]]
    return [[bool(x.any()) for x in differ], [bool(x.any()) for x in repeated]]


@probe(en="A negative temperature raises ValueError", zh="temperature 为负时抛出 ValueError", no_grad=True)
def negative(impl, t: Tools):
    logits = apart(t, 2, 4)
    return [t.raises(lambda T=T: impl.sample(logits, T)) for T in (-1.0, -0.01, 0.0, 0.01)]


def apart(t: Tools, *shape: int):
    """Logits that are whole numbers, all different in a row."""
    return t.rand(*shape).argsort(dim=-1).argsort(dim=-1).float() - 2


def law(t: Tools, outcomes: Iterable[object]):
    """The law of outcomes that one large call gave."""
    outcomes = list(outcomes)
    following = iter(outcomes)
    return t.law(lambda: next(following), len(outcomes))


def fresh(t: Tools) -> torch.Generator:
    return torch.Generator().manual_seed(t.integer(0, 1_000_000))
