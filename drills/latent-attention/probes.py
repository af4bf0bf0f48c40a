"""Hidden tests of `LatentAttention`: all widths differ, and d_nope + d_v is larger than kv_rank."""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="All tokens at once", zh="一次处理全部 token")
def values(impl, t: Tools):
    return t.module(impl.LatentAttention, 10, 3, 5, 4, 7, 6)(t.randn(2, 5, 10))


@probe(en="Token by token gives the same as all at once", zh="逐 token 解码与一次处理结果相同")
def token_by_token(impl, t: Tools):
    attention = t.module(impl.LatentAttention, d_model=8, num_heads=2, d_nope=3, d_rope=4, d_v=5, kv_rank=6)
    x = t.randn(3, 3, 8)
    outputs, cache = [], None
    for i in range(3):
        y, cache = attention.step(x[:, i : i + 1], cache)
        outputs.append(y)
    return [torch.cat(outputs, dim=1), attention(x)]


@probe(
    en="The cache: normalised latents and rotated keys, nothing else",
    zh="缓存的内容：归一化后的潜向量和旋转后的 key",
)
def what_is_cached(impl, t: Tools):
    attention, x = t.module(impl.LatentAttention, 10, 3, 4, 6, 5, 7), t.randn(2, 2, 10)
    _, first = attention.step(x[:, :1])
    _, second = attention.step(x[:, 1:], first)
    return [first, second]


# bfloat16 has no 301: a position in the dtype of x turns by another angle
@probe(en="A long cache from elsewhere", zh="接着一个现成的长 cache 解码")
def given_cache(impl, t: Tools):
    attention = t.module(impl.LatentAttention, 10, 3, 4, 6, 5, 7)
    cache = (t.randn(1, 301, 7), t.randn(1, 301, 6))
    return attention.step(t.randn(1, 1, 10), cache)


@probe(en="One head, one pair to rotate", zh="只有一个 head，只旋转一对")
def small(impl, t: Tools):
    attention = t.module(impl.LatentAttention, 6, 1, 4, 2, 3, 5)
    return [
        attention(t.randn(2, 4, 6)),
        attention.step(t.randn(2, 1, 6), (t.randn(2, 3, 5), t.randn(2, 3, 2))),
    ]


# the same prefix twice: outputs before the change must not move
@probe(en="Another last token, and another length", zh="只换最后一个 token，以及换长度")
def another_future(impl, t: Tools):
    attention, x = t.module(impl.LatentAttention, 10, 2, 4, 6, 5, 7), t.randn(2, 6, 10)
    changed = torch.cat((x[:, :-1], t.randn(2, 1, 10)), dim=1)
    return [attention(x[:, :3]), attention(x), attention(changed)]


@probe(en="Tiny inputs, where eps of the RMSNorm counts", zh="输入极小：RMSNorm 的 eps 起作用")
def tiny_inputs(impl, t: Tools):
    return t.module(impl.LatentAttention, 10, 3, 4, 6, 5, 7)(t.randn(2, 4, 10, scale=1e-3))


# not in bfloat16: rounding of scores in the hundreds moves whole weights, in right answers too
@probe(en="Large inputs stay finite", zh="输入很大时不溢出", dtypes=False)
def large_inputs(impl, t: Tools):
    attention = t.module(impl.LatentAttention, 10, 3, 4, 6, 5, 7)
    x, cache = t.randn(2, 4, 10, scale=60.0), (t.randn(2, 3, 7, scale=9.0), t.randn(2, 3, 6, scale=60.0))
    return [attention(x), attention.step(x[:, :1], cache)]


@probe(
    en="A step computes no keys or values of the cached tokens",
    zh="解码一步时不为缓存的 token 计算 K、V",
    no_grad=True,
    dtypes=False,
)
def cost_of_a_step(impl, t: Tools):
    attention, x = t.module(impl.LatentAttention, 12, 3, 10, 6, 14, 4), t.randn(2, 1, 12)
    cache = (t.randn(2, 150, 4), t.randn(2, 150, 6))
    return t.cost(lambda: attention.step(x, cache), flops=1.5, largest=6.0)
