"""Hidden tests of `CachedAttention`: one pass, single steps, chunks, branches, and the cost of a step.

No gradients: an answer may well detach what it stores.
"""

from llmprep.judge.probes import Tools, probe


@probe(en="A prompt without a cache", zh="没有 cache，一次送入整个 prompt", no_grad=True)
def prefill(impl, t: Tools):
    layer = t.module(impl.CachedAttention, 12, 3)
    return [layer(t.randn(2, 5, 12)), layer(t.randn(3, 1, 12), cache=None)]


@probe(en="A prompt, then one token at a time", zh="先 prompt，再逐个 token", no_grad=True)
def one_at_a_time(impl, t: Tools):
    layer, x = t.module(impl.CachedAttention, d_model=12, num_heads=3), t.randn(2, 7, 12)
    y, cache = layer(x[:, :4])
    seen = [y]
    for step in (4, 5, 6):
        y, cache = layer(x[:, step : step + 1], cache)
        seen.append(y)
    return [seen, cache]


@probe(en="From the very first token on, one at a time", zh="从第一个 token 起就逐个送入", no_grad=True)
def from_the_first_token(impl, t: Tools):
    layer, x, cache, seen = t.module(impl.CachedAttention, 8, 2), t.randn(3, 4, 8), None, []
    for step in range(4):
        y, cache = layer(x[:, step : step + 1], cache)
        seen.append(y)
    return [seen, cache]


@probe(en="Chunks of 3, 9 and 4 tokens", zh="按 3、9、4 个 token 分块", no_grad=True)
def chunks(impl, t: Tools):
    layer, cache, seen = t.module(impl.CachedAttention, 12, 2), None, []
    for length in (3, 9, 4):
        y, cache = layer(t.randn(2, length, 12), cache)
        seen.append(y)
    return [seen, cache]


@probe(en="Three branches from one cache", zh="从同一个 cache 分出三条续写", no_grad=True)
def branches(impl, t: Tools):
    layer = t.module(impl.CachedAttention, 12, 3)
    _, root = layer(t.randn(2, 4, 12))
    left, left_cache = layer(t.randn(2, 1, 12), root)
    right, right_cache = layer(t.randn(2, 1, 12), root)
    longer, _ = layer(t.randn(2, 2, 12), left_cache)
    again, _ = layer(t.randn(2, 3, 12), root)
    return [left, right, longer, again, root, left_cache, right_cache]


@probe(en="Two conversations in turns, then a new one", zh="两段对话交替进行，再开始一段新的", no_grad=True)
def conversations(impl, t: Tools):
    layer = t.module(impl.CachedAttention, 8, 2)
    _, first = layer(t.randn(2, 3, 8))
    _, second = layer(t.randn(1, 5, 8))
    return [layer(t.randn(2, 1, 8), first), layer(t.randn(1, 1, 8), second), layer(t.randn(2, 2, 8))]


# a prefix long enough that computing it again would cost many times as much as the step
@probe(en="A step computes nothing of the prefix anew", zh="一步之内不重算前缀", no_grad=True, dtypes=False)
def cost_of_a_step(impl, t: Tools):
    layer = t.module(impl.CachedAttention, 16, 2)
    _, cache = layer(t.randn(2, 40, 16))
    x = t.randn(2, 1, 16)
    return [t.cost(lambda: layer(x, cache), flops=1.3), layer(x, cache)[0]]
