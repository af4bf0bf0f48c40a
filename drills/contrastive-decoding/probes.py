"""Hidden tests of `contrastive_scores`: the expert's rows are ladders, so nothing lies near the limit."""

import math

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Several alphas, flat and peaked experts", zh="不同的 alpha，平坦与尖锐的 expert")
def values(impl, t: Tools):
    expert = torch.stack([ladder(t, 9, step) for step in (0.25, 0.5, 1.0, 2.0)])
    amateur = t.randn(4, 9, scale=2.0)
    return [impl.contrastive_scores(expert, amateur, alpha) for alpha in (0.04, 0.2, 0.55, 0.9)]


@probe(
    en="The usual alpha, and the temperature of the amateur", zh="默认的 alpha，以及 amateur 的 temperature"
)
def defaults(impl, t: Tools):
    expert, amateur = torch.stack([ladder(t, 8, 0.875), ladder(t, 8, 0.25)]), t.randn(2, 8)
    seen = [impl.contrastive_scores(expert, amateur)]
    return seen + [impl.contrastive_scores(expert, amateur, temperature=warm) for warm in (0.5, 3.0)]


@probe(en="One row, and several leading dimensions", zh="单独一行，以及多个前置维度")
def leading_dimensions(impl, t: Tools):
    rows = torch.stack([ladder(t, 7, step) for step in (0.5, 0.25, 1.0, 2.0, 0.5, 1.0)])
    amateur = t.randn(6, 7, shift=3.0)
    one = impl.contrastive_scores(rows[0], amateur[0], 0.3, 2.0)
    return [one, impl.contrastive_scores(rows.view(2, 3, 7), amateur.view(2, 3, 7), 0.3)]


@probe(en="alpha = 0 and alpha = 1, with ties", zh="alpha = 0 与 alpha = 1，含并列")
def ends(impl, t: Tools):
    tied = torch.tensor([[1.0, 3.0, 3.0, -2.0], [2.0, 2.0, 2.0, 2.0]])
    amateur = t.randn(2, 4)
    return [impl.contrastive_scores(tied, amateur, alpha) for alpha in (0.0, 1.0, 0, 1)]


@probe(en="Tokens that the expert rules out", zh="expert 排除掉的 token", no_grad=True)
def ruled_out(impl, t: Tools):
    expert = torch.stack([ladder(t, 6, step) for step in (0.5, 1.0, 2.0)])
    expert[0, 2] = expert[1, 5] = expert[2, 0] = expert[2, 3] = -torch.inf
    single = torch.full((1, 6), -torch.inf)
    single[0, 4] = 0.5
    expert, amateur = torch.cat([expert, single]), t.randn(4, 6)
    return [impl.contrastive_scores(expert, amateur, alpha) for alpha in (0.1, 0.0, 1.0)]


@probe(
    en="The amateur far off, large logits on both sides",
    zh="amateur 相差悬殊，两边 logits 都很大",
    dtypes=False,
)
def extremes(impl, t: Tools):
    expert = torch.stack([ladder(t, 6, 0.5), ladder(t, 6, 1.0)])
    amateur = torch.tensor([0.0, -1000.0, 4.0, -200.0, 900.0, -90.0])
    seen = [impl.contrastive_scores(expert + shift, amateur.expand(2, 6), 0.2) for shift in (1000.0, -1000.0)]
    return [*seen, impl.contrastive_scores(expert, amateur.expand(2, 6) / 10, 0.0, temperature=0.25)]


@probe(
    en="A flat expert over many tokens, an amateur far from zero",
    zh="token 很多的平坦 expert，amateur 离零很远",
)
def flat(impl, t: Tools):
    expert = -t.rand(250).argsort() / 64
    amateur = 1000.0 + 4.0 * t.randint(0, 5, 250)
    return [impl.contrastive_scores(expert, amateur, alpha, temperature=3.0) for alpha in (0.21, 0.83)]


@probe(
    en="The token chosen over five steps of two toy models", zh="两个玩具模型走五步所选的 token", no_grad=True
)
def chosen(impl, t: Tools):
    expert = torch.stack([ladder(t, 12, math.log(1.5)) for _ in range(5)])
    amateur = t.randn(5, 12, scale=3.0)
    return [impl.contrastive_scores(expert, amateur, alpha).argmax(-1) for alpha in (0.01, 0.1, 0.5)]


def ladder(t: Tools, n: int, step: float):
    """n logits, one `step` apart, in random order around a random level."""
    ranks = t.rand(n).argsort()
    return t.integer(-2, 3) - step * ranks
