"""Hidden tests of `kl_estimate`: ratios on both sides of 1, tiny and large; padding that holds garbage."""

import math

import torch

from llmprep.judge.probes import Tools, probe

KINDS = ("k1", "k2", "k3")


def tokens(t: Tools, size: int, length: int, spread: float):
    """Log-probabilities of sampled tokens under two models, and answers of different lengths."""
    new = t.randn(size, length, shift=-3.0)
    lengths = torch.tensor([t.integer(1, length) for _ in range(size)])
    return new, new + t.randn(size, length, scale=spread), torch.arange(length) < lengths[:, None]


@probe(en="k1", zh="k1")
def first(impl, t: Tools):
    return impl.kl_estimate(*tokens(t, 3, 6, 0.8), "k1")


@probe(en="k2", zh="k2")
def second(impl, t: Tools):
    return impl.kl_estimate(*tokens(t, 3, 6, 0.8), "k2")


@probe(en="k3, and it is the default", zh="k3，并且它是默认值")
def third(impl, t: Tools):
    arguments = tokens(t, 3, 6, 0.8)
    return [impl.kl_estimate(*arguments, kind="k3"), impl.kl_estimate(*arguments)]


# bfloat16 leaves nothing of such differences
@probe(en="Almost equal models", zh="两个模型几乎相同", dtypes=False)
def almost_equal(impl, t: Tools):
    difference = t.rand(2, 5, low=1e-3, high=3e-3) * (t.randint(0, 2, 2, 5) * 2 - 1)
    zero, mask = torch.zeros(2, 5), torch.ones(2, 5, dtype=torch.bool)
    per_token = [impl.kl_estimate(difference, zero, mask, kind)[0] for kind in KINDS]
    return [value * 1e6 for value in per_token]


@probe(en="Models far apart", zh="两个模型相差很远", dtypes=False)
def far_apart(impl, t: Tools):
    new, _, mask = tokens(t, 2, 6, 0.0)
    reference = new + torch.tensor([8.0, -60.0, 3.0, -9.0, 1.0, -1.0])
    return [impl.kl_estimate(new, reference, mask, kind) for kind in KINDS]


@probe(en="Anything at all where the mask is False", zh="mask 为 False 处可以是任何值", dtypes=False)
def garbage_in_padding(impl, t: Tools):
    new, reference, mask = tokens(t, 3, 6, 0.5)
    mask[:, -3:] = False
    garbage = ((-5000.0, 0.0), (-math.inf, -math.inf), (-2.0, -math.inf))
    for column, (ours, theirs) in zip((3, 4, 5), garbage, strict=True):
        new[:, column], reference[:, column] = ours, theirs
    return [impl.kl_estimate(new, reference, mask, kind) for kind in KINDS]


@probe(en="No token counts, one, and masks with holes", zh="没有 token 计入、只有一个，以及有空洞的 mask")
def masks(impl, t: Tools):
    new, reference, mask = tokens(t, 3, 5, 0.8)
    none, holes = torch.zeros_like(mask), t.mask(3, 5)
    one = none.clone()
    one[2, 3] = True
    return [impl.kl_estimate(new, reference, chosen, kind) for chosen in (none, one, holes) for kind in KINDS]


@probe(en="Another kind is refused", zh="其他 kind 要报错", no_grad=True, dtypes=False)
def other_kinds(impl, t: Tools):
    arguments = tokens(t, 2, 4, 0.5)
    return [t.raises(lambda kind=kind: impl.kl_estimate(*arguments, kind)) for kind in ("k4", "K1", "")]
