"""Hidden tests of `top_p_filter`.

Most rows are ladders: logits that fall by a fixed step, shuffled. All of them are exact in bfloat16, and no
cumulative probability comes near one of the p that are asked for.
Whether the gradient of a logit that was −∞ before passes is nobody's concern, so it is not compared.
"""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Flat and peaked rows, several p", zh="平坦与尖锐的分布，不同的 p")
def values(impl, t: Tools):
    logits = torch.stack([ladder(t, 9, step) for step in (0.25, 0.5, 1.0, 2.0)])
    return [impl.top_p_filter(logits, p) for p in (0.3, 0.55, 0.8, 0.92)]


@probe(en="One row, and several leading dimensions", zh="单独一行，以及多个前置维度")
def leading_dimensions(impl, t: Tools):
    rows = [ladder(t, 7, step) for step in (0.5, 0.25, 1.0, 2.0, 0.5, 1.0)]
    return [impl.top_p_filter(rows[0], 0.7), impl.top_p_filter(torch.stack(rows).view(2, 3, 7), 0.7)]


@probe(en="One token alone exceeds p, and p = 0", zh="一个 token 就超过 p，以及 p = 0")
def at_least_one(impl, t: Tools):
    logits = torch.stack([ladder(t, 6, step) for step in (4.0, 2.0, 0.25)])
    return [impl.top_p_filter(logits, p) for p in (0.7, 0.05, 0.0)]


@probe(en="p = 1, with a tail that rounding would drop", zh="p = 1，尾部概率小到会被舍入掉")
def everything(impl, t: Tools):
    logits = torch.stack([ladder(t, 12, step) for step in (24.0, 4.0, 0.5)])
    return [impl.top_p_filter(logits, 1.0), impl.top_p_filter(logits[0], 1)]


@probe(en="Tokens that are −∞ already", zh="有些 token 已经是 −∞", no_grad=True)
def already_masked(impl, t: Tools):
    logits = torch.stack([ladder(t, 5, step) for step in (0.5, 1.0, 2.0)])
    none = torch.full((3, 4), -torch.inf)
    mixed = torch.cat((none[:, :2], logits, none), dim=1)[:, torch.tensor([5, 0, 2, 7, 3, 9, 4, 1, 6, 8, 10])]
    single = torch.full((2, 5), -torch.inf)
    single[0, 3], single[1, 0] = 1.5, -2.0
    return [*(impl.top_p_filter(mixed, p) for p in (0.55, 0.8, 1.0)), impl.top_p_filter(single, 0.9)]


@probe(en="Random logits, small and large", zh="随机 logits，有小有大", dtypes=False)
def random_logits(impl, t: Tools):
    logits = torch.cat((t.randn(4, 13, scale=2.0), t.randn(3, 13, scale=30.0), t.randn(3, 13, shift=900.0)))
    return [impl.top_p_filter(logits, 0.85), impl.top_p_filter(logits.view(5, 2, 13), 0.4)]


@probe(en="Many tokens in bfloat16", zh="bfloat16 下的大量 token", dtypes=False, no_grad=True)
def many_in_bfloat16(impl, t: Tools):
    logits = (
        torch.randperm(255, generator=torch.Generator().manual_seed(t.integer(0, 999))) / 64 - 4
    ).bfloat16()
    return [impl.top_p_filter(logits, p) for p in (0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)]


def ladder(t: Tools, n: int, step: float):
    """n logits, one `step` apart, in random order around a random level."""
    ranks = t.rand(n).argsort()
    return t.integer(-2, 3) - step * ranks
