"""Hidden tests of `min_p_filter`.

Most rows are ladders: logits that fall by a fixed step, exact in bfloat16, in random order.
Whether the gradient of a logit that was −∞ before passes is nobody's concern, so it is not compared.
"""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Flat and peaked rows, several min_p", zh="平坦与尖锐的分布，不同的 min_p")
def values(impl, t: Tools):
    logits = torch.stack([ladder(t, 9, step) for step in (0.25, 0.5, 1.0, 2.0)])
    return [impl.min_p_filter(logits, min_p) for min_p in (0.05, 0.2, 0.5, 0.9)]


@probe(en="One row, and several leading dimensions", zh="单独一行，以及多个前置维度")
def leading_dimensions(impl, t: Tools):
    rows = [ladder(t, 7, step) for step in (0.5, 0.25, 1.0, 2.0, 0.5, 1.0)]
    return [impl.min_p_filter(rows[0], 0.3), impl.min_p_filter(torch.stack(rows).view(2, 3, 7), 0.3)]


@probe(en="min_p = 0 and min_p = 1", zh="min_p = 0 与 min_p = 1")
def ends(impl, t: Tools):
    logits = torch.stack([ladder(t, 8, step) for step in (4.0, 16.0, 0.5)])
    tied = torch.tensor([[1.0, 3.0, 3.0, -2.0], [2.0, 2.0, 2.0, 2.0]])
    return [impl.min_p_filter(x, min_p) for x in (logits, tied) for min_p in (0.0, 1.0, 0, 1)]


@probe(en="Tokens that are −∞ already", zh="有些 token 已经是 −∞", no_grad=True)
def already_masked(impl, t: Tools):
    logits = torch.stack([ladder(t, 6, step) for step in (0.5, 1.0, 2.0)])
    logits[0, 2] = logits[1, 5] = logits[2, 0] = logits[2, 3] = -torch.inf
    single = torch.full((2, 5), -torch.inf)
    single[0, 3], single[1, 0] = 1.5, -2.0
    return [*(impl.min_p_filter(logits, min_p) for min_p in (0.3, 0.0, 1.0)), impl.min_p_filter(single, 0.2)]


@probe(en="Large logits, far above and below zero", zh="很大的 logits，正负都有", dtypes=False)
def large(impl, t: Tools):
    logits = torch.stack([ladder(t, 9, 0.5), ladder(t, 9, 1.0)])
    return [impl.min_p_filter(logits + shift, 0.2) for shift in (1000.0, -1000.0)]


@probe(en="A flat row of many tokens", zh="token 很多的平坦分布")
def flat(impl, t: Tools):
    logits = -t.rand(300).argsort() / 64
    return [impl.min_p_filter(logits, 0.1), impl.min_p_filter(logits, 0.83)]


def ladder(t: Tools, n: int, step: float):
    """n logits, one `step` apart, in random order around a random level."""
    ranks = t.rand(n).argsort()
    return t.integer(-2, 3) - step * ranks
