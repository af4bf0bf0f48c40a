"""Hidden tests of `Llama`: logits stage by stage, tied and untied, every length.

Vocabulary, widths, heads and layers all differ. Gradients and other dtypes are looked at in two probes: a
whole model is slow enough.
"""

import torch

from llmprep.judge.probes import Tools, probe


def stages(num_layers):
    return ("embed_tokens", *(f"layers.{i}" for i in range(num_layers)), "norm", "lm_head")


@probe(en="Logits of two layers, six heads on two KV heads", zh="两层，6 个 head 配 2 个 KV head 的 logits")
def logits(impl, t: Tools):
    model, ids = t.module(impl.Llama, 11, 24, 2, 6, 2, 20), t.randint(0, 11, 2, 5)
    return t.stages(model, stages(2), lambda: model(ids))


@probe(en="Tied embedding and head", zh="embedding 与 head 共享权重")
def tied(impl, t: Tools):
    model = t.module(
        impl.Llama, vocab_size=7, d_model=8, num_layers=1, num_heads=2, num_kv_heads=1, d_ff=12, tied=True
    )
    ids = t.randint(0, 7, 3, 4)
    return t.stages(model, stages(1), lambda: model(ids))


@probe(
    en="Three layers, wider heads, another base, many positions",
    zh="三层，更宽的 head，换 base，位置更多",
    no_grad=True,
    dtypes=False,
)
def another_base(impl, t: Tools):
    model, ids = t.module(impl.Llama, 9, 20, 3, 2, 2, 16, base=40.0), t.randint(0, 9, 2, 24)
    return t.stages(model, stages(3), lambda: model(ids))


@probe(
    en="Lengths 3, 9 and 1 in turn, then a model with another base",
    zh="长度依次为 3、9、1，然后换一个 base 不同的模型",
    no_grad=True,
    dtypes=False,
)
def lengths(impl, t: Tools):
    slow = t.module(impl.Llama, 10, 12, 1, 3, 1, 16, 500000.0)
    fast = t.module(impl.Llama, 10, 12, 1, 3, 3, 16, 20.0)
    return [slow(t.randint(0, 10, 2, length)) for length in (3, 9, 1)] + [fast(t.randint(0, 10, 2, 9))]


@probe(
    en="Tiny embeddings, where eps counts, and another eps",
    zh="embedding 极小：eps 起作用；换一个 eps",
    no_grad=True,
    dtypes=False,
)
def epsilon(impl, t: Tools):
    default, wide = t.module(impl.Llama, 9, 8, 1, 2, 1, 6), t.module(impl.Llama, 9, 8, 1, 2, 1, 6, eps=0.4)
    default.embed_tokens.weight.data.mul_(1e-3)
    ids = t.randint(0, 9, 2, 4)
    return [default(ids), wide(ids)]


# the weights are rounded alike on both sides; frequencies kept in a buffer are rounded as well
@probe(
    en="A model that was bfloat16 once: exact angles all the same",
    zh="曾经转成 bfloat16 的模型：角度仍须精确",
    no_grad=True,
    dtypes=False,
)
def once_in_bfloat16(impl, t: Tools):
    model = t.module(impl.Llama, 9, 20, 1, 2, 2, 16, base=40.0)
    model.raw.to(torch.bfloat16).to(torch.float32)
    return model(t.randint(0, 9, 2, 30))


@probe(en="A fresh model has norms of weight 1", zh="刚建好时所有 norm 的 weight 都是 1", no_grad=True)
def fresh_model(impl, t: Tools):
    model = impl.Llama(9, 8, 1, 2, 1, 6)
    block = model.layers[0]
    norms = block.input_layernorm, block.post_attention_layernorm, model.norm
    return [norm.weight.detach().clone() for norm in norms]
