"""Hidden tests of `DeepSeekMoE`.

Which experts are chosen jumps where two logits meet: random inputs are tried in float32 only, and
`separated` gives logits so far apart that no rounding changes the choice.
"""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Random input, four of seven routed experts", zh="随机输入，7 个路由专家选 4 个", dtypes=False)
def values(impl, t: Tools):
    return t.module(impl.DeepSeekMoE, 6, 4, 2, 7, 4)(t.randn(2, 8, 6))


@probe(en="Logits far apart, one shared expert", zh="logits 相差明显，1 个共享专家")
def clear_choice(impl, t: Tools):
    layer = t.module(impl.DeepSeekMoE, d_model=7, d_expert=3, num_shared=1, num_routed=5, top_k=2)
    return layer(separated(t, layer, 9, 5, 7))


@probe(en="Routed experts scaled, shared ones not", zh="只缩放路由专家，不缩放共享专家", dtypes=False)
def scaled(impl, t: Tools):
    return t.module(impl.DeepSeekMoE, 5, 4, 3, 6, 2, routed_scaling=2.5)(t.randn(3, 5, 5))


@probe(en="An unsure router: gates far from summing to 1", zh="router 很不确定：门控之和远小于 1")
def unsure(impl, t: Tools):
    layer = t.module(impl.DeepSeekMoE, 7, 4, 1, 6, 2)
    return layer(0.3 * separated(t, layer, 8, 6, 7))


@probe(en="One routed expert, and all of them", zh="只选一个路由专家，以及全选", dtypes=False)
def extremes(impl, t: Tools):
    one = t.module(impl.DeepSeekMoE, 4, 6, 2, 3, 1)
    every = t.module(impl.DeepSeekMoE, 4, 6, 2, 3, 3)
    x = t.randn(5, 4)
    return [one(x), every(x)]


@probe(en="All tokens choose the same experts", zh="所有 token 都选同样的专家")
def crowded(impl, t: Tools):
    layer = t.module(impl.DeepSeekMoE, 7, 3, 2, 6, 2)
    x = separated(t, layer, 1, 6, 7).expand(9, 7).clone()
    x[:, 6:] += t.randn(9, 1)  # no logit looks at the last component
    return layer(x)


@probe(en="One token, and four dimensions", zh="单个 token，以及四维输入", dtypes=False)
def shapes(impl, t: Tools):
    layer = t.module(impl.DeepSeekMoE, 4, 3, 2, 5, 2)
    return [layer(t.randn(4)), layer(t.randn(*t.lead, 2, 4))]


@probe(
    en="Routed experts compute only for the tokens that chose them",
    zh="路由专家只为选中它的 token 计算",
    no_grad=True,
    dtypes=False,
)
def cost_of_dispatch(impl, t: Tools):
    layer, x = t.module(impl.DeepSeekMoE, 12, 10, 1, 8, 2), t.randn(2, 9, 12)
    return t.cost(lambda: layer(x), flops=1.3)


def separated(t, layer, n, num_routed, d_model):
    """n tokens (n, d_model) whose router logits are a shuffled ladder with steps of 0.6."""
    with torch.no_grad():
        layer.router.weight.copy_(torch.eye(num_routed, d_model))
    ladder = 0.6 * torch.arange(num_routed) - 1.0
    order = t.rand(n, num_routed).argsort(dim=-1)
    return torch.cat((ladder[order], t.randn(n, d_model - num_routed)), dim=-1)
