"""Hidden tests of `grouped_attention` and `GroupedQueryAttention`.

Groups are never as many as members of a group, so that head i // g and head i % G are different heads.
"""

from llmprep.judge.probes import Tools, probe


@probe(en="Six heads on three KV heads", zh="6 个 head 配 3 个 KV head")
def values(impl, t: Tools):
    return impl.grouped_attention(t.randn(2, 6, 5, 4), t.randn(2, 3, 5, 4), t.randn(2, 3, 5, 4))


@probe(en="More keys than queries, then a single query", zh="key 比 query 多，然后只有一个 query")
def with_a_past(impl, t: Tools):
    few = impl.grouped_attention(t.randn(2, 6, 3, 4), t.randn(2, 2, 7, 4), t.randn(2, 2, 7, 4))
    one = impl.grouped_attention(t.randn(3, 4, 1, 6), t.randn(3, 2, 5, 6), t.randn(3, 2, 5, 6))
    return [few, one]


@probe(en="One KV head (MQA), as many as heads (MHA)", zh="一个 KV head（MQA），与 head 一样多（MHA）")
def both_ends(impl, t: Tools):
    mqa = impl.grouped_attention(t.randn(2, 3, 4, 6), t.randn(2, 1, 4, 6), t.randn(2, 1, 4, 6))
    mha = impl.grouped_attention(t.randn(2, 3, 4, 5), t.randn(2, 3, 6, 5), t.randn(2, 3, 6, 5))
    return [mqa, mha]


# in bfloat16 scores of this size are rounded by whole units; a saturated softmax has almost no gradient
@probe(en="Large scores stay finite", zh="分数很大时不溢出", dtypes=False, no_grad=True)
def large_scores(impl, t: Tools):
    q, k = t.randn(1, 4, 5, 6, scale=12.0), t.randn(1, 2, 5, 6, scale=12.0)
    return impl.grouped_attention(q, k, t.randn(1, 2, 5, 6))


# scores are 4096 numbers per sequence, k is 2048, k for all heads 32768: an own copy of k is no failure
@probe(
    en="Two queries, 64 keys, 32 heads on 2: no k or v for all heads",
    zh="2 个 query、64 个 key、32 个 head 配 2 个：不为全部 head 造 k、v",
    no_grad=True,
    dtypes=False,
)
def cost_of_decoding(impl, t: Tools):
    q, k, v = t.randn(2, 32, 2, 16), t.randn(2, 2, 64, 16), t.randn(2, 2, 64, 16)
    return [t.cost(lambda: impl.grouped_attention(q, k, v), largest=2.5), impl.grouped_attention(q, k, v)]


@probe(en="The module, six heads on two", zh="模块，6 个 head 配 2 个")
def module(impl, t: Tools):
    return t.module(impl.GroupedQueryAttention, 24, 6, 2)(t.randn(2, 5, 24))


@probe(en="The module with 1, 2 and 4 KV heads, several lengths", zh="模块，KV head 为 1、2、4，多种长度")
def module_of_every_kind(impl, t: Tools):
    def layer(num_kv_heads):
        return t.module(impl.GroupedQueryAttention, d_model=12, num_heads=4, num_kv_heads=num_kv_heads)

    mqa, gqa, mha = layer(1), layer(2), layer(4)
    return [mqa(t.randn(3, 4, 12)), gqa(t.randn(2, 7, 12)), gqa(t.randn(2, 1, 12)), mha(t.randn(2, 3, 12))]


@probe(en="Only uneven groups raise ValueError", zh="只有分组不均时抛出 ValueError", no_grad=True)
def uneven_groups(impl, t: Tools):
    return [
        t.raises(lambda: impl.GroupedQueryAttention(24, 6, 4)),
        t.raises(lambda: impl.GroupedQueryAttention(24, 4, 6)),
        t.raises(lambda: impl.GroupedQueryAttention(24, 6, 3)),
    ]
