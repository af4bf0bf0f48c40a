"""Hidden tests of `load_balancing_loss`.

Which experts are chosen jumps where two logits meet: random logits are tried in float32 only, and `ladder`
gives logits so far apart that no rounding changes the choice.
"""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Random logits, two of five experts", zh="随机 logits，5 个专家选 2 个", dtypes=False)
def values(impl, t: Tools):
    return impl.load_balancing_loss(t.randn(23, 5), 2)


@probe(en="Logits far apart, in other dtypes too", zh="logits 相差明显，也换其他 dtype")
def clear_choice(impl, t: Tools):
    return impl.load_balancing_loss(ladder(t, 13, 6), 3)


@probe(en="One expert per token, as in Switch", zh="每个 token 一个专家，如 Switch", dtypes=False)
def top_1(impl, t: Tools):
    return impl.load_balancing_loss(t.randn(3, 7, 4), top_k=1)


@probe(
    en="Sequences with unlike loads: all tokens count together",
    zh="各序列负载不同：全部 token 一起统计",
    dtypes=False,
)
def unlike_sequences(impl, t: Tools):
    return impl.load_balancing_loss(t.randn(3, 8, 6) + 2 * t.randn(3, 1, 6), 2)


@probe(en="Padding counts nowhere", zh="padding 处处都不算", dtypes=False)
def padding(impl, t: Tools):
    logits = t.randn(3, 9, 5)
    mask = torch.arange(9) < torch.tensor([[9], [4], [1]])
    logits[~mask] += torch.tensor([5.0, 3.0, 0.0, 0.0, 0.0])
    return impl.load_balancing_loss(logits, 2, mask)


@probe(en="Any tokens masked, logits far apart", zh="任意位置被 mask，logits 相差明显")
def scattered_mask(impl, t: Tools):
    return impl.load_balancing_loss(ladder(t, 14, 4).view(2, 7, 4), 2, mask=t.mask(2, 7))


@probe(
    en="Everybody chooses the same two; four experts get nothing",
    zh="所有 token 都选同样两个，其余四个没人选",
)
def collapsed(impl, t: Tools):
    logits = 0.1 * ladder(t, 11, 6)
    logits[:, 1] += 4
    logits[:, 2] += 3
    return impl.load_balancing_loss(logits, 2)


# a load of 1 everywhere: the true gradient is zero
@probe(en="All experts chosen", zh="全部专家都选", no_grad=True)
def all_chosen(impl, t: Tools):
    return impl.load_balancing_loss(t.randn(9, 3), 3)


# near enough to each other that no probability underflows: who chooses by probability is right too
@probe(en="Logits in the hundreds", zh="logits 达到几百", dtypes=False)
def large_logits(impl, t: Tools):
    return impl.load_balancing_loss(t.randn(11, 5, scale=6.0, shift=300.0), 2)


def ladder(t, n, num_experts):
    """(n, E): each row a shuffled ladder with steps of 0.5."""
    steps = 0.5 * torch.arange(num_experts) - 1.0
    return steps[t.rand(n, num_experts).argsort(dim=-1)]
