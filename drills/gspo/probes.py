"""Hidden tests of GSPO: answers of very different lengths, ratios on both sides of clips of two widths."""

import math

import torch

from llmprep.judge.probes import Tools, probe


def answers(t: Tools, n: int, length: int, spread: float = 0.5):
    """Log-probabilities, advantages, and a mask; each answer has moved by an amount of its own."""
    old = t.randn(n, length, shift=-3.0)
    moved = t.randn(n, 1, scale=spread) + t.randn(n, length, scale=spread)
    # uneven, or the sum cancels to what bfloat16 has lost
    advantages = t.rand(n, low=0.5, high=1.0) * torch.tensor([1.0, -4.0] * n)[:n]
    lengths = torch.tensor([t.integer(2, length) for _ in range(n)])
    lengths[0], lengths[1] = 1, length
    return old + moved, old, advantages, torch.arange(length) < lengths[:, None]


# a clip of 3e-4 is finer than bfloat16
@probe(en="gspo_loss: the defaults", zh="gspo_loss：默认参数", dtypes=False)
def values(impl, t: Tools):
    new, old, advantages, mask = answers(t, 4, 7, spread=4e-4)
    return [impl.gspo_loss(new, old, advantages, mask), impl.gspo_loss(*answers(t, 4, 7))]


@probe(en="gspo_loss: other ε above and below", zh="gspo_loss：其他上下界 ε")
def other_epsilon(impl, t: Tools):
    arguments = answers(t, 5, 6)
    pairs = ((0.1, 0.8), (0.8, 0.1), (0.3, 0.3), (5.0, 50.0))
    return [impl.gspo_loss(*arguments, low, high) for low, high in pairs]


@probe(
    en="Below, within, above the clip, times positive and negative advantage",
    zh="低于、处于、高于 clip 区间 × 正、负优势",
)
def every_case(impl, t: Tools):
    ratios = torch.tensor([0.5, 0.9, 1.1, 1.7])[:, None]
    old, mask = t.randn(4, 3, shift=-2.0), torch.ones(4, 3, dtype=torch.bool)
    within = torch.tensor([0.4, -0.7, 0.3])  # tokens that move apart while their mean stays
    new, size = old + ratios.log() + within, t.rand(4, low=0.5, high=2.0)
    return [impl.gspo_loss(new, old, sign * size, mask, 0.2, 0.3) for sign in (1.0, -1.0)]


@probe(en="gspo_token_loss: one advantage per answer", zh="gspo_token_loss：每个回答一个优势")
def tokens_alike(impl, t: Tools):
    new, old, advantages, mask = answers(t, 4, 6)
    return impl.gspo_token_loss(new, old, advantages[:, None].expand(4, 6), mask, 0.3, 0.4)


@probe(en="gspo_token_loss: an advantage per token", zh="gspo_token_loss：每个 token 一个优势")
def tokens_differ(impl, t: Tools):
    new, old, _, mask = answers(t, 5, 6)
    advantages = t.randn(5, 6, shift=-1.5)
    return [
        impl.gspo_token_loss(new, old, advantages, mask, low, high) for low, high in ((0.2, 0.5), (9, 99))
    ]


@probe(en="As many answers as tokens, and the defaults", zh="回答数等于 token 数，默认参数", dtypes=False)
def square(impl, t: Tools):
    new, old, advantages, mask = answers(t, 5, 5, spread=3e-4)
    return [
        impl.gspo_loss(new, old, advantages, mask),
        impl.gspo_token_loss(new, old, t.randn(5, 5), mask),
    ]


@probe(en="Answers without tokens, and a mask with holes", zh="没有 token 的回答，以及有空洞的 mask")
def empty_answers(impl, t: Tools):
    new, old, advantages, _ = answers(t, 4, 6, spread=0.1)
    some, none = t.mask(4, 6), torch.zeros(4, 6, dtype=torch.bool)
    some[2] = False
    per_token = advantages[:, None] * t.rand(4, 6, low=0.5)
    return [
        [impl.gspo_loss(new, old, advantages, mask, 0.4, 0.4) for mask in (some, none)],
        [impl.gspo_token_loss(new, old, per_token, mask, 0.4, 0.4) for mask in (some, none)],
    ]


@probe(en="Anything at all where the mask is False", zh="mask 为 False 处可以是任何值", dtypes=False)
def garbage_in_padding(impl, t: Tools):
    new, old, advantages, mask = answers(t, 3, 7)
    mask[:, -3:] = False
    garbage = ((0.0, -5000.0), (-math.inf, -math.inf), (-5000.0, 0.0))
    for column, (after, before) in zip((4, 5, 6), garbage, strict=True):
        new[:, column], old[:, column] = after, before
    return [
        impl.gspo_loss(new, old, advantages, mask, 0.6, 0.9),
        impl.gspo_token_loss(new, old, t.randn(3, 7), mask, 0.6, 0.9),
    ]
