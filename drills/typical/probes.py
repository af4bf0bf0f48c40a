"""Hidden tests of `typical_filter`.

Rows are ladders of logits in random order, exact in bfloat16; the likeliest token is dropped in some of them.
Whether the gradient of a logit that was −∞ before passes is nobody's concern, so it is not compared.
"""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Flat and peaked rows, several masses", zh="平坦与尖锐的分布，不同的 mass")
def values(impl, t: Tools):
    logits = torch.stack([ladder(t, 11, step) for step in (0.125, 0.25, 0.5, 1.0, 2.0)])
    return [impl.typical_filter(logits, mass) for mass in (0.07, 0.31, 0.62, 0.9)]


@probe(en="The likeliest token is not typical", zh="概率最大的 token 并不典型")
def likeliest_dropped(impl, t: Tools):
    tail = -t.rand(4, 60).argsort(dim=-1) / 64
    logits = torch.cat([torch.tensor([[3.0], [3.5], [4.0], [2.5]]), tail], dim=-1)
    return [impl.typical_filter(logits.roll(7, dims=-1), mass) for mass in (0.1, 0.3, 0.55)]


@probe(en="One row, and several leading dimensions", zh="单独一行，以及多个前置维度")
def leading_dimensions(impl, t: Tools):
    rows = [ladder(t, 7, step) for step in (0.5, 0.25, 1.0, 2.0, 0.5, 1.0)]
    return [impl.typical_filter(rows[0], 0.4), impl.typical_filter(torch.stack(rows).view(2, 3, 7), 0.45)]


@probe(en="mass = 1, tiny mass, mass close to 1", zh="mass = 1、很小的 mass、接近 1 的 mass")
def ends(impl, t: Tools):
    logits = torch.stack([ladder(t, 8, step) for step in (4.0, 16.0, 0.5)])
    return [impl.typical_filter(logits, mass) for mass in (1.0, 1, 1e-6, 0.995)]


@probe(en="Tokens that are −∞ already", zh="有些 token 已经是 −∞", no_grad=True)
def already_masked(impl, t: Tools):
    logits = torch.stack([ladder(t, 7, step) for step in (0.5, 1.0, 2.0)])
    logits[0, 2] = logits[1, 5] = logits[2, 0] = logits[2, 3] = -torch.inf
    single = torch.full((2, 5), -torch.inf)
    single[0, 3], single[1, 0] = 1.5, -2.0
    return [
        *(impl.typical_filter(logits, mass) for mass in (0.3, 0.7, 1.0)),
        impl.typical_filter(single, 0.2),
    ]


@probe(en="Large logits, far above and below zero", zh="很大的 logits，正负都有", dtypes=False)
def large(impl, t: Tools):
    logits = torch.stack([ladder(t, 9, 0.5), ladder(t, 9, 1.0), ladder(t, 9, 40.0)])
    return [impl.typical_filter(logits + shift, mass) for shift in (1000.0, -1000.0) for mass in (0.2, 0.7)]


@probe(en="A flat row of many tokens", zh="token 很多的平坦分布")
def many(impl, t: Tools):
    logits = -t.rand(250).argsort() / 64
    return [impl.typical_filter(logits, 0.21), impl.typical_filter(logits, 0.83)]


def ladder(t: Tools, n: int, step: float):
    """n logits, one `step` apart, in random order around a random level."""
    ranks = t.rand(n).argsort()
    return t.integer(-2, 3) - step * ranks
