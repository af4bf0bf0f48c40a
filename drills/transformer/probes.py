"""Hidden tests of the whole Transformer: all sizes differ, neither pad_id nor bos_id is 0.

No other dtypes: a position table made in float32 and not cast is nothing to fail a whole model for.
"""

from llmprep.judge.probes import Tools, probe

PAD, BOS, VOCABULARY = 4, 9, 11


@probe(en="Two layers on each side, no padding", zh="两侧各两层，没有 padding", dtypes=False)
def values(impl, t: Tools):
    return run(t, built(impl, t, num_layers=2), tokens(t, 2, 6), tokens(t, 2, 4))


# batch = heads: a mask that lacks the head axis broadcasts without an error, to the wrong axis
@probe(en="Padding in the source, at its end and before it", zh="源序列末尾和开头有 padding", dtypes=False)
def source_padding(impl, t: Tools):
    source = tokens(t, 3, 6)
    source[0, 4:] = PAD
    source[1, :2] = PAD
    return run(t, built(impl, t), source, tokens(t, 3, 4))


@probe(en="Padding in the target, at its end and in between", zh="目标序列末尾和中间有 padding", dtypes=False)
def target_padding(impl, t: Tools):
    target = tokens(t, 3, 6)
    target[0, 3:] = PAD
    target[1, 2:4] = PAD
    target[2, 0] = PAD
    return run(t, built(impl, t), tokens(t, 3, 4), target)


# the last token of the target is read by nobody, and the one before it by the last position only
@probe(en="Other tokens at the end of the target", zh="改动目标末尾的 token", dtypes=False)
def another_future(impl, t: Tools):
    model, source, target = built(impl, t), tokens(t, 1, 3), tokens(t, 1, 5)
    changed = target.clone()
    changed[:, -2:] = (target[:, -2:] + 1) % PAD
    return [model(source, target), model(source, changed)]


@probe(en="Other ids of padding and start, one head", zh="换一组 pad_id、bos_id，单 head", dtypes=False)
def other_ids(impl, t: Tools):
    model = t.module(
        impl.Transformer, vocab_size=7, d_model=8, num_heads=1, d_ff=6, num_layers=1, pad_id=0, bos_id=2
    )
    source, target = t.randint(1, 7, 2, 5), t.randint(1, 7, 2, 4)
    source[1, 3:] = 0
    target[0, 2:] = 0
    return model(source, target)


@probe(
    en="One token on each side, then a long target", zh="两侧各一个 token，接着是长的目标序列", dtypes=False
)
def lengths(impl, t: Tools):
    model = t.module(impl.Transformer, VOCABULARY, 8, 4, 10, 1, PAD, BOS)
    return [model(tokens(t, 1, source), tokens(t, 1, target)) for source, target in ((1, 1), (3, 9))]


def built(impl, t: Tools, num_layers=1):
    """Three heads of width 4."""
    return t.module(impl.Transformer, VOCABULARY, 12, 3, 20, num_layers, PAD, BOS)


def run(t: Tools, model, source, target):
    stages = ("embedding", "encoder.0", "encoder.1", "decoder.0", "decoder.1")
    return t.stages(model, stages, lambda: model(source, target))


def tokens(t: Tools, batch, length):
    """Ids without padding; bos_id may occur."""
    ids = t.randint(0, VOCABULARY - 1, batch, length)
    return ids + (ids >= PAD)
