"""Hidden tests of `GPT`: logits stage by stage, the loss, every length up to the context, initial values.

Vocabulary, context, width, heads and layers all differ. Gradients and other dtypes are looked at in the
first probe of logits and of the loss: a whole model is slow enough.
"""

from llmprep.judge.probes import Tools, probe

STAGES = ("wte", "wpe", "h.0", "h.1", "ln_f", "lm_head")


@probe(en="Logits of a few tokens", zh="几个 token 的 logits")
def logits(impl, t: Tools):
    model, ids = t.module(impl.GPT, 11, 8, 12, 3, 2), t.randint(0, 11, 2, 5)
    return t.stages(model, STAGES, lambda: model(ids))


@probe(
    en="The same token everywhere: only positions differ",
    zh="处处是同一个 token：只有位置不同",
    no_grad=True,
    dtypes=False,
)
def one_token_repeated(impl, t: Tools):
    model = t.module(impl.GPT, vocab_size=7, context_length=9, d_model=8, num_heads=2, num_layers=1)
    ids = t.randint(0, 7, 3, 1).repeat(1, 6)
    return t.stages(model, ("wte", "wpe", "h.0", "ln_f", "lm_head"), lambda: model(ids))


@probe(en="Loss, with some targets of -1", zh="损失，部分 target 为 -1")
def loss(impl, t: Tools):
    model, ids, targets = t.module(impl.GPT, 9, 6, 8, 2, 2), t.randint(0, 9, 3, 5), t.randint(0, 9, 3, 5)
    targets[0, 1:3] = -1
    targets[2, 4] = -1
    return t.stages(model, STAGES, lambda: model(ids, targets))


@probe(en="Loss, every target counts", zh="损失，所有 target 都算", no_grad=True, dtypes=False)
def loss_of_all(impl, t: Tools):
    model, ids = t.module(impl.GPT, 9, 6, 8, 1, 1), t.randint(0, 9, 2, 4)
    return model(ids, targets=t.randint(0, 9, 2, 4))


@probe(
    en="Lengths 8 (the whole context), 1 and 3 in turn",
    zh="长度依次为 8（整个上下文）、1、3",
    no_grad=True,
    dtypes=False,
)
def lengths(impl, t: Tools):
    model = t.module(impl.GPT, 10, 8, 12, 2, 2)
    return [model(t.randint(0, 10, 2, length))[0] for length in (8, 1, 3)]


@probe(en="Longer than the context", zh="超过上下文长度", no_grad=True)
def too_long(impl, t: Tools):
    model = t.module(impl.GPT, 9, 5, 8, 2, 1)
    fits, one_more, many_more = (t.randint(0, 9, 2, length) for length in (5, 6, 9))
    return [
        t.raises(lambda: model(fits), ValueError),
        t.raises(lambda: model(one_more), ValueError),
        t.raises(lambda: model(many_more), ValueError),
    ]


# wide enough that the width of a random matrix is known to a few per cent; steps of a quarter hide that
@probe(
    en="Initial values (std in steps of 0.005, of c_proj in steps of 0.002)",
    zh="初始值（标准差以 0.005 为一格，c_proj 以 0.002 为一格）",
    no_grad=True,
    dtypes=False,
)
def initial_values(impl, t: Tools):
    model = impl.GPT(60, 50, 48, 2, 3)
    # both names of the tied weight, whichever came first
    parameters = model.raw.named_parameters(remove_duplicate=False)
    return {name: spread(name, value.detach()) for name, value in parameters}


def spread(name, value):
    """Mean, width and whether there are tails of a matrix; the extreme values of a vector."""
    if value.dim() < 2:
        return [float(value.min()), float(value.max())]
    unit = 0.002 if name.endswith("c_proj.weight") else 0.005
    width = value.std()
    return [round(float(value.mean() / 0.005)), round(float(width / unit)), bool(value.max() > 2.5 * width)]
