"""Hidden tests of `linear_attention` and `linear_attention_step`: T, d_k and d_v differ."""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="All tokens at once", zh="一次处理全部 token")
def values(impl, t: Tools):
    return impl.linear_attention(t.randn(2, 3, 6, 4), t.randn(2, 3, 6, 4), t.randn(2, 3, 6, 5))


@probe(en="Token by token gives the same", zh="逐 token 递推，结果相同")
def token_by_token(impl, t: Tools):
    q, k, v = t.randn(2, 5, 3), t.randn(2, 5, 3), t.randn(2, 5, 4)
    outputs, state = [], None
    for i in range(5):
        y, state = impl.linear_attention_step(q[:, i], k[:, i], v[:, i], state)
        outputs.append(y)
    return [torch.stack(outputs, dim=1), impl.linear_attention(q, k, v)]


@probe(en="The state after one and after two tokens", zh="一个、两个 token 之后的状态")
def what_is_kept(impl, t: Tools):
    _, first = impl.linear_attention_step(t.randn(3, 4), t.randn(3, 4), t.randn(3, 2))
    _, second = impl.linear_attention_step(t.randn(3, 4), t.randn(3, 4), t.randn(3, 2), first)
    return [exactly(first), exactly(second)]


@probe(en="Another last token: nothing before it changes", zh="只换最后一个 token：前面的输出不变")
def another_future(impl, t: Tools):
    q, k, v = t.randn(7, 4), t.randn(7, 4), t.randn(7, 3)
    changed = torch.cat((k[:-1], t.randn(1, 4))), torch.cat((v[:-1], t.randn(1, 3)))
    return [impl.linear_attention(q, k, v), impl.linear_attention(q, *changed)]


@probe(en="One token; one component", zh="只有一个 token；只有一维")
def smallest(impl, t: Tools):
    one = impl.linear_attention(t.randn(2, 1, 4), t.randn(2, 1, 4), t.randn(2, 1, 3))
    thin = impl.linear_attention(t.randn(2, 5, 1), t.randn(2, 5, 1), t.randn(2, 5, 1))
    return [one, thin]


@probe(en="Large inputs", zh="输入很大")
def large_inputs(impl, t: Tools):
    q, k = t.rand(5, 4, low=-3.0, high=90.0), t.rand(5, 4, low=-3.0, high=90.0)
    return impl.linear_attention(q, k, t.randn(5, 3, scale=40.0))


# the inputs are made bfloat16 here, not by the judge, which would make the state so too
@probe(
    en="Inputs in bfloat16, sums in float32", zh="输入是 bfloat16，累加用 float32", dtypes=False, no_grad=True
)
def low_precision(impl, t: Tools):
    q, k, v = (t.randn(2, width).bfloat16() for width in (4, 4, 3))
    state = (t.rand(2, 4, 3, low=300.0, high=400.0), t.rand(2, 4, low=300.0, high=400.0))
    _, first = impl.linear_attention_step(q, k, v)
    y, later = impl.linear_attention_step(q, k, v, state)
    return [exactly(first), y, exactly(later)]


# φ(0) = 1, and a bfloat16 sum of ones ends at 256
@probe(en="400 tokens in bfloat16", zh="bfloat16 下 400 个 token", dtypes=False, no_grad=True)
def many_tokens(impl, t: Tools):
    q, v = t.randn(400, 1).bfloat16(), torch.cat((torch.zeros(200, 1), torch.ones(200, 1)))
    return impl.linear_attention(q, torch.zeros(400, 1).bfloat16(), v.bfloat16())


@probe(
    en="No T × T matrix, and no sum begun anew",
    zh="没有 T × T 矩阵，也不从头重新求和",
    no_grad=True,
    dtypes=False,
)
def cost(impl, t: Tools):
    q, k, v = t.randn(128, 2), t.randn(128, 2), t.randn(128, 3)
    return t.cost(lambda: impl.linear_attention(q, k, v), largest=4.0, flops=24.0)


def exactly(state):
    """Both parts as float64, so that float32 and wider count alike and bfloat16 shows."""
    S, z = state
    return [S.double(), z.double()]
