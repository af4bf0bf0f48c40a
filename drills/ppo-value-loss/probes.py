"""Hidden tests of the value loss, the entropy and their sum: values that moved towards the return or away."""

import math

import torch

from llmprep.judge.probes import Tools, probe


def critic(t: Tools, size: int, length: int, spread: float = 0.5):
    """Values after and before some updates, returns, and answers of different lengths."""
    old = t.randn(size, length, scale=2.0)
    lengths = torch.tensor([t.integer(1, length) for _ in range(size)])
    lengths[0] = length
    mask = torch.arange(length) < lengths[:, None]
    return old + t.randn(size, length, scale=spread), old, old + t.randn(size, length, scale=1.5), mask


@probe(en="Value loss, some values beyond the clip", zh="value loss：部分 value 超出 clip 区间")
def values(impl, t: Tools):
    return impl.value_loss(*critic(t, 3, 7))


@probe(en="Value loss, other ε", zh="value loss：其他 ε")
def other_epsilon(impl, t: Tools):
    arguments = critic(t, 3, 6)
    return [impl.value_loss(*arguments, epsilon) for epsilon in (0.05, 0.6, 5.0)]


@probe(
    en="Beyond the clip, towards the return, past it and away from it",
    zh="超出区间：朝着 return、越过 return、背离 return",
)
def directions(impl, t: Tools):
    old = t.randn(1, 6)
    moved = torch.tensor([[1.0, -1.0, 1.0, -1.0, 0.1, 0.9]]) + t.rand(1, 6, high=0.05)
    target = torch.tensor([[3.0, -3.0, -1.0, 1.0, 2.0, 0.3]])
    return impl.value_loss(old + moved, old, old + target, torch.ones(1, 6, dtype=torch.bool))


@probe(en="Entropy", zh="熵")
def entropies(impl, t: Tools):
    return [impl.mean_entropy(t.randn(2, 5, 7, scale=s), t.mask(2, 5)) for s in (0.3, 3.0)]


@probe(en="Entropy with forbidden tokens", zh="有禁用 token 时的熵")
def forbidden_tokens(impl, t: Tools):
    logits = t.randn(2, 4, 6, scale=2.0)
    logits[:, :, 2] = -math.inf
    logits[0, 1, 3:] = -math.inf
    logits[1, 0, 1:] = -math.inf
    return impl.mean_entropy(logits, torch.ones(2, 4, dtype=torch.bool))


@probe(en="Entropy of large logits", zh="logits 很大时的熵", dtypes=False)
def large_logits(impl, t: Tools):
    logits = t.randn(3, 3, 5) + torch.tensor([400.0, 0.0, -400.0])[:, None, None]
    logits[1] *= 300.0
    return impl.mean_entropy(logits, torch.ones(3, 3, dtype=torch.bool))


@probe(en="No token counts, one, and a mask with holes", zh="没有 token 计入、只有一个，以及有空洞的 mask")
def masks(impl, t: Tools):
    *arguments, mask = critic(t, 3, 5)
    logits, none, one, holes = t.randn(3, 5, 4), torch.zeros_like(mask), torch.zeros_like(mask), t.mask(3, 5)
    one[1, 3] = True
    chosen = (none, one, holes)
    return [[impl.value_loss(*arguments, m), impl.mean_entropy(logits, m)] for m in chosen]


@probe(en="The whole loss", zh="总 loss")
def whole(impl, t: Tools):
    parts = [t.randn(1)[0], t.rand(1, low=0.5, high=3.0)[0], t.rand(1, low=0.5, high=3.0)[0]]
    return [
        impl.ppo_loss(*parts),
        impl.ppo_loss(*parts, 0.1, 0.3),
        impl.ppo_loss(*parts, entropy_coefficient=0),
    ]
