"""Hidden tests of `BiasBalancedRouter`.

The order of the chosen experts is not part of the task, so gates are compared laid out over all experts.
Everything is computed in float32, so random inputs choose alike in every dtype.
"""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Without bias: normalised sigmoid gates", zh="偏置为零：归一化的 sigmoid 门控")
def values(impl, t: Tools):
    router = t.module(impl.BiasBalancedRouter, 7, 5, 2)
    return spread(router(t.randn(3, 4, 7)), 5)


@probe(en="A bias decides who is chosen but not the gates", zh="偏置只影响选谁，不进门控")
def biased(impl, t: Tools):
    router = t.module(impl.BiasBalancedRouter, 6, 5, 3)
    set_bias(router, [0.4, -0.3, 0.0, 0.25, -0.6])
    return spread(router(t.randn(11, 6)), 5)


@probe(en="A bias so negative that all sums are below zero", zh="偏置很负：加和全都小于零")
def negative_bias(impl, t: Tools):
    router = t.module(impl.BiasBalancedRouter, 6, 4, 2)
    set_bias(router, [-2.0, -2.3, -1.8, -2.1])
    return spread(router(t.randn(9, 6)), 4)


@probe(en="Gates scaled", zh="门控缩放")
def scaled(impl, t: Tools):
    router = t.module(impl.BiasBalancedRouter, d_model=5, num_experts=6, top_k=2, routed_scaling=2.5)
    return spread(router(t.randn(2, 4, 5)), 6)


@probe(en="One expert, and one token", zh="只选一个专家；只有一个 token")
def extremes(impl, t: Tools):
    one = t.module(impl.BiasBalancedRouter, 4, 3, 1)
    three = t.module(impl.BiasBalancedRouter, 4, 6, 3)
    return [spread(one(t.randn(5, 4)), 3), spread(three(t.randn(4)), 6)]


@probe(en="Nearly equal affinities in low precision", zh="低精度输入、亲和度几乎相等", dtypes=False)
def half_precision(impl, t: Tools):
    router = t.module(impl.BiasBalancedRouter, 32, 6, 2)
    router.raw.to(torch.bfloat16)
    return spread(router(t.randn(40, 32).bfloat16()), 6)


@probe(
    en="The bias is a buffer that is saved, not a parameter",
    zh="偏置是会保存的 buffer，不是参数",
    no_grad=True,
    dtypes=False,
)
def buffer(impl, t: Tools):
    router = impl.BiasBalancedRouter(6, 5, 2)
    saved = router.state_dict()
    return [sorted(saved), saved["bias"].clone(), router.bias.requires_grad, router.weight.requires_grad]


@probe(
    en="One update: more for the idle, less for the busy, none at the mean",
    zh="更新一次：少的加，多的减，正好平均的不变",
    no_grad=True,
    dtypes=False,
)
def one_update(impl, t: Tools):
    router = t.module(impl.BiasBalancedRouter, 6, 5, 2)
    # loads 4, 2, 1, 3, 0 of 10 choices: the mean is 2
    chosen = torch.tensor([[0, 1], [0, 3], [3, 0], [0, 1], [2, 3]])
    router.update_bias(chosen, 0.01)
    return [router.bias.clone(), router.bias.requires_grad]


@probe(
    en="Updates add up, in any shape of choices",
    zh="多次更新会累积，chosen 形状任意",
    no_grad=True,
    dtypes=False,
)
def more_updates(impl, t: Tools):
    router = t.module(impl.BiasBalancedRouter, 6, 7, 2)
    set_bias(router, [1.7, -0.2, 0.1, 0.0, 0.05, -2.4, 0.2])
    seen = []
    # the last: nobody chooses experts 3 to 6, and 1 and 2 lie between the two means one could take
    few = torch.tensor([[0, 1], [0, 1], [0, 2]])
    for step, chosen in ((0.1, t.randn(3, 5, 7).topk(2).indices), (0.001, few)):
        router.update_bias(chosen, step)
        seen.append(router.bias.clone())
    return seen


@probe(
    en="Forward leaves the bias alone; then twelve rounds of choosing and updating",
    zh="forward 不改偏置；再选择、更新十二轮",
    no_grad=True,
    dtypes=False,
)
def balanced_at_last(impl, t: Tools):
    router = t.module(impl.BiasBalancedRouter, 4, 5, 2)
    x = t.randn(24, 4) + t.randn(4)
    router(x)
    untouched = router.bias.clone()
    for _ in range(12):
        chosen, _ = router(x)
        router.update_bias(chosen, 0.0625)
    return [untouched, router.bias.clone()]


def spread(routed, num_experts):
    """Gates laid out over all experts (..., E), zero where an expert was not chosen; and how many were."""
    chosen, gates = routed
    layout = gates.new_zeros(*gates.shape[:-1], num_experts)
    return [layout.scatter(-1, chosen, gates), chosen.sort(dim=-1).values]


def set_bias(router, values):
    with torch.no_grad():
        router.bias.copy_(torch.tensor(values))
