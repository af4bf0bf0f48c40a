"""Hidden tests of `MixtureOfExperts`.

Which experts are chosen jumps where two logits meet: random inputs are tried in float32 only, and
`separated` gives logits so far apart that no rounding changes the choice.
"""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Random input, two experts of five", zh="随机输入，5 个专家选 2 个", dtypes=False)
def values(impl, t: Tools):
    return t.module(impl.MixtureOfExperts, 6, 7, 5, 2)(t.randn(2, 9, 6))


@probe(en="Logits far apart, three experts of four", zh="logits 相差明显，4 个专家选 3 个")
def clear_choice(impl, t: Tools):
    layer = t.module(impl.MixtureOfExperts, 7, 5, 4, 3)
    return layer(separated(t, layer, 11, 4, 7))


@probe(en="One expert per token", zh="每个 token 只用一个专家", dtypes=False)
def one_expert(impl, t: Tools):
    layer = t.module(impl.MixtureOfExperts, d_model=5, d_ff=8, num_experts=3, top_k=1)
    return layer(t.randn(3, 4, 5))


@probe(en="All experts for every token", zh="每个 token 用全部专家")
def all_experts(impl, t: Tools):
    layer = t.module(impl.MixtureOfExperts, 5, 6, 3, 3)
    return layer(t.randn(2, 4, 5))


@probe(
    en="All tokens choose the same experts, the others get none",
    zh="所有 token 都选同样的专家，其余专家一个也没有",
)
def crowded(impl, t: Tools):
    layer = t.module(impl.MixtureOfExperts, 7, 5, 6, 2)
    x = separated(t, layer, 1, 6, 7).expand(10, 7).clone()
    x[:, 6:] += t.randn(10, 1)  # no logit looks at the last component
    return layer(x)


@probe(en="One token, a matrix, four dimensions", zh="单个 token、矩阵、四维输入", dtypes=False)
def shapes(impl, t: Tools):
    layer = t.module(impl.MixtureOfExperts, 4, 6, 5, 2)
    return [layer(t.randn(4)), layer(t.randn(3, 4)), layer(t.randn(*t.lead, 2, 4))]


# not their gradients: ×200 makes of the last digit of a logit a visible change of its weight
@probe(en="Router logits in the hundreds", zh="router logits 达到几百", dtypes=False, no_grad=True)
def large_logits(impl, t: Tools):
    layer = t.module(impl.MixtureOfExperts, 6, 7, 5, 3)
    layer.router.weight.data.mul_(200)
    return layer(t.randn(2, 4, 6))


@probe(
    en="Experts compute only for the tokens that chose them",
    zh="专家只为选中它的 token 计算",
    no_grad=True,
    dtypes=False,
)
def cost_of_dispatch(impl, t: Tools):
    layer, x = t.module(impl.MixtureOfExperts, 12, 20, 7, 2), t.randn(2, 9, 12)
    return t.cost(lambda: layer(x), flops=1.3)


def separated(t, layer, n, num_experts, d_model):
    """n tokens (n, d_model) whose router logits are a shuffled ladder with steps of 0.6."""
    with torch.no_grad():
        layer.router.weight.copy_(torch.eye(num_experts, d_model))
    ladder = 0.6 * torch.arange(num_experts) - 1.0
    order = t.rand(n, num_experts).argsort(dim=-1)
    return torch.cat((ladder[order], t.randn(n, d_model - num_experts)), dim=-1)
