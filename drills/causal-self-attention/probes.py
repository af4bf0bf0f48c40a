"""Hidden tests of `CausalSelfAttention`: all sizes differ, except where a comment says so."""

from llmprep.judge.probes import Tools, probe


@probe(en="Random input", zh="随机输入")
def values(impl, t: Tools):
    return t.module(impl.CausalSelfAttention, 12, 3)(t.randn(2, 5, 12))


@probe(en="One head, and heads of width 1", zh="只有一个 head，以及每个 head 宽度为 1")
def extreme_heads(impl, t: Tools):
    one = t.module(impl.CausalSelfAttention, d_model=6, num_heads=1)
    many = t.module(impl.CausalSelfAttention, d_model=6, num_heads=6)
    x = t.randn(2, 4, 6)
    return [one(x), many(x)]


# d_k = heads = 4: whatever mixes up the two gives numbers, not an error
@probe(en="As many heads as each is wide", zh="head 数与 head 宽度相等")
def square_heads(impl, t: Tools):
    return t.module(impl.CausalSelfAttention, 16, 4)(t.randn(3, 5, 16))


@probe(en="One token, then longer and longer, then shorter", zh="先一个 token，再越来越长，最后变短")
def lengths(impl, t: Tools):
    attention = t.module(impl.CausalSelfAttention, 8, 2)
    return [attention(t.randn(2, length, 8)) for length in (1, 3, 6, 2)]


# the same prefix twice: outputs before the change must not move
@probe(en="Another last token", zh="只换最后一个 token")
def another_future(impl, t: Tools):
    attention = t.module(impl.CausalSelfAttention, 12, 2)
    x = t.randn(2, 5, 12)
    changed = x.clone()
    changed[:, -1] += t.randn(2, 12)
    return [attention(x), attention(changed)]


# not in bfloat16: rounding of scores in the hundreds moves whole weights, in right answers too
@probe(en="Large inputs stay finite", zh="输入很大时不溢出", dtypes=False)
def large_inputs(impl, t: Tools):
    return t.module(impl.CausalSelfAttention, 12, 2)(t.randn(2, 4, 12, scale=12.0))


@probe(en="One projection for q, k and v", zh="q、k、v 只做一次投影", no_grad=True, dtypes=False)
def cost_of_projection(impl, t: Tools):
    attention, x = t.module(impl.CausalSelfAttention, 24, 2), t.randn(2, 5, 24)
    return t.cost(lambda: attention(x), flops=1.3)
