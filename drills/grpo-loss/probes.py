"""Hidden tests of `grpo_loss`: answers of very different lengths, ratios beyond the clip, a large β."""

import math

import torch

from llmprep.judge.probes import Tools, probe


def answers(t: Tools, n: int, length: int, spread: float = 0.4):
    """Log-probabilities under three models, an advantage per answer of either sign, and a mask."""
    old = t.randn(n, length, shift=-3.0)
    new, reference = old + t.randn(n, length, scale=spread), old + t.randn(n, length, scale=0.7)
    # uneven, or the sum cancels to what bfloat16 has lost
    advantages = t.rand(n, low=0.5, high=1.0) * torch.tensor([1.0, -4.0] * n)[:n]
    lengths = torch.tensor([t.integer(1, length + 1) for _ in range(n)])
    lengths[0], lengths[1] = 1, length
    return new, old, reference, advantages, torch.arange(length) < lengths[:, None]


@probe(en="The defaults", zh="默认参数")
def values(impl, t: Tools):
    return impl.grpo_loss(*answers(t, 4, 7))


@probe(en="The KL term: large β, and β = 0", zh="KL 项：很大的 β 与 β = 0")
def other_beta(impl, t: Tools):
    arguments = answers(t, 4, 6)
    return [impl.grpo_loss(*arguments, beta=beta) for beta in (0.0, 0.5, 3.0)]


@probe(en="Other ε", zh="其他 ε")
def other_epsilon(impl, t: Tools):
    arguments = answers(t, 3, 6)
    return [impl.grpo_loss(*arguments, epsilon, 0.0) for epsilon in (0.05, 0.6)]


@probe(en='aggregation="token"', zh='aggregation="token"')
def over_tokens(impl, t: Tools):
    return impl.grpo_loss(*answers(t, 4, 7), beta=0.3, aggregation="token")


@probe(en="As many answers as tokens", zh="回答数等于 token 数")
def square(impl, t: Tools):
    return impl.grpo_loss(*answers(t, 5, 5), beta=0.2)


@probe(en="The first update: the ratio is 1", zh="第一次更新：ratio 等于 1")
def first_update(impl, t: Tools):
    _, old, reference, advantages, mask = answers(t, 4, 5)
    return impl.grpo_loss(old.clone(), old, reference, advantages, mask)


@probe(en="Answers without tokens, and a mask with holes", zh="没有 token 的回答，以及有空洞的 mask")
def empty_answers(impl, t: Tools):
    *others, mask = answers(t, 4, 6, spread=0.05)
    some, one, none = t.mask(4, 6), torch.zeros_like(mask), torch.zeros_like(mask)
    some[2], one[3, 2] = False, True
    kinds = ("sequence", "token")
    return [
        impl.grpo_loss(*others, chosen, aggregation=kind) for chosen in (some, one, none) for kind in kinds
    ]


@probe(en="Anything at all where the mask is False", zh="mask 为 False 处可以是任何值", dtypes=False)
def garbage_in_padding(impl, t: Tools):
    new, old, reference, advantages, mask = answers(t, 3, 7)
    mask[:, -3:] = False
    garbage = ((0.0, -5000.0, -2.0), (-math.inf, -math.inf, -math.inf), (-5000.0, -5000.0, 0.0))
    for column, values_there in zip((4, 5, 6), garbage, strict=True):
        for tensor, value in zip((new, old, reference), values_there, strict=True):
            tensor[:, column] = value
    kinds = ("sequence", "token")
    return [impl.grpo_loss(new, old, reference, advantages, mask, aggregation=kind) for kind in kinds]


@probe(en="Another aggregation is refused", zh="其他 aggregation 要报错", no_grad=True, dtypes=False)
def other_aggregation(impl, t: Tools):
    arguments = answers(t, 2, 4)
    return [t.raises(lambda kind=kind: impl.grpo_loss(*arguments, aggregation=kind)) for kind in ("mean", "")]
