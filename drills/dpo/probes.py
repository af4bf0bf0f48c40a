"""Hidden tests of `dpo_loss`: pairs ranked rightly and wrongly, up and down against the reference."""

import torch

from llmprep.judge.probes import Tools, probe


def pairs(t: Tools, n: int, spread: float = 3.0):
    """Log-probabilities of n pairs under a reference, and under a policy that has moved by `spread`."""
    reference = [t.randn(n, scale=8.0, shift=-40.0), t.randn(n, scale=8.0, shift=-45.0)]
    policy = [value + t.randn(n, scale=spread) for value in reference]
    return (*policy, *reference)


@probe(en="Loss and rewards", zh="loss 与奖励")
def values(impl, t: Tools):
    return impl.dpo_loss(*pairs(t, 6), 0.3)


@probe(en="Other β", zh="其他 β")
def other_beta(impl, t: Tools):
    arguments = pairs(t, 5)
    return [impl.dpo_loss(*arguments, beta) for beta in (0.05, 1.0, 2.5)]


@probe(en="Label smoothing", zh="label smoothing")
def smoothed(impl, t: Tools):
    arguments = pairs(t, 5, spread=6.0)
    return [impl.dpo_loss(*arguments, 0.4, label_smoothing=epsilon) for epsilon in (0.1, 0.35, 0.5)]


@probe(en="Policy = reference: log 2", zh="policy = reference：log 2")
def at_the_start(impl, t: Tools):
    reference = (t.randn(4, scale=9.0, shift=-60.0), t.randn(4, scale=9.0, shift=-60.0))
    arguments = (*[value.clone() for value in reference], *reference)
    return [impl.dpo_loss(*arguments, 0.1), impl.dpo_loss(*arguments, 0.1, 0.2)]


@probe(en="h in the hundreds, on either side", zh="h 达到 ±几百", dtypes=False)
def large_margins(impl, t: Tools):
    moved = torch.tensor([400.0, -400.0, 90.0, -90.0, 30.0]) + t.randn(5)
    chosen, rejected = t.randn(5, shift=-50.0), t.randn(5, shift=-50.0)
    arguments = (chosen + moved, rejected - moved, chosen, rejected)
    return [impl.dpo_loss(*arguments, 0.7), impl.dpo_loss(*arguments, 0.7, 0.25)]


@probe(en="A single pair", zh="只有一对")
def single_pair(impl, t: Tools):
    return impl.dpo_loss(*pairs(t, 1), 0.2, 0.1)


@probe(en="Rewards carry no graph", zh="奖励不带计算图", no_grad=True, dtypes=False)
def detached(impl, t: Tools):
    arguments = [value.requires_grad_() for value in pairs(t, 3)]
    loss, chosen, rejected = impl.dpo_loss(*arguments, 0.1)
    return [loss.requires_grad, chosen.requires_grad, rejected.requires_grad]
