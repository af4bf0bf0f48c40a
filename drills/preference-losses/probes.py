"""Hidden tests of four preference losses: lengths far apart, β not 1, both sides of every margin."""

import torch

from llmprep.judge.probes import Tools, probe


def pairs(t: Tools, n: int, spread: float = 2.0):
    """Log-probabilities of n pairs under a policy that has moved, and under its reference."""
    reference = [t.randn(n, scale=4.0, shift=-30.0), t.randn(n, scale=4.0, shift=-35.0)]
    return (*[value + t.randn(n, scale=spread) for value in reference], *reference)


def answers(t: Tools, n: int):
    """Summed log-probabilities of n pairs and their very different lengths."""
    lengths = [t.randint(1, 9, n), t.randint(4, 30, n)]
    means = [t.rand(n, low=-2.5, high=-0.1), t.rand(n, low=-3.0, high=-0.3)]
    return (*[mean * length for mean, length in zip(means, lengths, strict=True)], *lengths)


def feedback(t: Tools, n: int, mismatched: int, shift: float = 0.0):
    """Answers with a label each, and mismatched ones that are `shift` likelier than under the reference."""
    reference, other = t.randn(n, scale=4.0, shift=-30.0), t.randn(mismatched, scale=4.0, shift=-60.0)
    desirable = torch.arange(n) % 3 == 0
    moved = other + shift + t.randn(mismatched, scale=0.3)
    return reference + t.randn(n, scale=3.0), reference, desirable, moved, other


@probe(en="ipo_loss", zh="ipo_loss")
def ipo(impl, t: Tools):
    chosen, *others = pairs(t, 5)
    chosen = chosen + torch.tensor([9.0, -9.0, 4.0, -4.0, 0.0])  # targets fallen short of, and exceeded
    arguments = (chosen, *others)
    return [impl.ipo_loss(*arguments, beta) for beta in (0.1, 0.7, 2.0)]


@probe(en="simpo_loss: the defaults, other β and γ", zh="simpo_loss：默认参数，其他 β 与 γ")
def simpo(impl, t: Tools):
    arguments = answers(t, 5)
    others = ((0.5, 0.0), (3.0, 2.5), (0.7, -0.8))
    return [impl.simpo_loss(*arguments), *[impl.simpo_loss(*arguments, *other) for other in others]]


@probe(en="orpo_loss: the default, other λ", zh="orpo_loss：默认参数，其他 λ")
def orpo(impl, t: Tools):
    arguments = answers(t, 5)
    return [impl.orpo_loss(*arguments), *[impl.orpo_loss(*arguments, lam) for lam in (0.0, 0.5, 4.0)]]


@probe(en="kto_loss: the policy has moved (z > 0)", zh="kto_loss：policy 已经移动（z > 0）")
def kto(impl, t: Tools):
    arguments = feedback(t, 7, 4, shift=2.0)
    return [
        impl.kto_loss(*arguments),
        impl.kto_loss(*arguments, 0.4),
        impl.kto_loss(*arguments, 0.3, 1.5, 0.6),
        impl.kto_loss(*arguments, beta=0.3, undesirable_weight=2.0),
    ]


@probe(en="kto_loss: an estimate of the KL below 0", zh="kto_loss：KL 的估计小于 0")
def kto_negative_estimate(impl, t: Tools):
    *others, moved, other = feedback(t, 6, 3, shift=-2.5)
    moved[0], other[0] = -50.0, -51.0  # one ratio above 0, the mean below
    return impl.kto_loss(*others, moved, other, 0.5, 0.8, 1.3)


@probe(en="kto_loss: all desirable, none desirable, one answer", zh="kto_loss：全好、全差、只有一个")
def kto_alike(impl, t: Tools):
    policy, reference, desirable, *mismatched = feedback(t, 4, 3, shift=1.0)
    all_, none = torch.ones_like(desirable), torch.zeros_like(desirable)
    return [
        impl.kto_loss(policy, reference, all_, *mismatched, 0.3, 1.2, 0.7),
        impl.kto_loss(policy, reference, none, *mismatched, 0.3, 1.2, 0.7),
        impl.kto_loss(policy[:1], reference[:1], none[:1], *mismatched, 0.3),
    ]


@probe(en="Arguments of σ in the hundreds", zh="σ 的参数达到 ±几百", dtypes=False)
def large_margins(impl, t: Tools):
    chosen, rejected = t.rand(4, low=-9.0, high=-2.0), t.rand(4, low=-9.0, high=-2.0)
    chosen[0], rejected[1], chosen[2], rejected[3] = -300.0, -300.0, -95.0, -95.0
    ones = torch.ones(4, dtype=torch.int64)
    policy, reference, desirable, *mismatched = feedback(t, 4, 2, shift=1.0)
    policy = reference + torch.tensor([400.0, -400.0, 300.0, -300.0])
    return [
        impl.simpo_loss(chosen, rejected, ones, ones, 2.0, 0.5),
        impl.orpo_loss(chosen, rejected, ones, ones, 1.0),
        impl.kto_loss(policy, reference, desirable, *mismatched, 1.0),
    ]


# bfloat16 has lost log p this close to 0 before anything is computed
@probe(en="orpo_loss: tokens that are nearly certain", zh="orpo_loss：几乎确定的 token", dtypes=False)
def nearly_certain(impl, t: Tools):
    size = torch.tensor([1e-6, 1e-4, 3e-6, 2e-2])
    chosen, rejected = -size * t.rand(4, low=1.0, high=2.0), -size.flip(0) * t.rand(4, low=1.0, high=2.0)
    lengths = [t.randint(1, 4, 4), t.randint(2, 6, 4)]
    return impl.orpo_loss(chosen * lengths[0], rejected * lengths[1], *lengths, 2.0)
