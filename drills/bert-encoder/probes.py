"""Hidden tests of `BertEncoder`: batch, length, heads, widths and the sizes of the tables all differ.

Modules are in training mode as they come, so a dropout shows.
"""

import torch

from llmprep.judge.probes import Tools, probe

STAGES = ("embeddings", "layers.0", "layers.1")


@probe(en="Two layers, no padding, default sizes", zh="两层，没有 padding，默认大小")
def values(impl, t: Tools):
    model = t.module(impl.BertEncoder, 17, 12, 3, 20, 2)
    ids = t.randint(1, 17, 2, 5)
    return t.stages(model, STAGES, lambda: model(ids))


@probe(en="Padding at the end, two segments", zh="末尾有 padding，两个段")
def padding_and_segments(impl, t: Tools):
    model = t.module(impl.BertEncoder, 17, 8, 2, 12, 2, 8)
    ids, segments = t.randint(1, 17, 3, 6), t.randint(0, 2, 3, 6)
    mask = (torch.arange(6) < torch.tensor([[6], [2], [4]])).long()
    return t.stages(model, STAGES, lambda: model(ids * mask, mask, segments))


# as many sequences as positions: a mask on the wrong axis gives numbers here, not an error
@probe(en="Padding anywhere, as many sequences as tokens", zh="padding 在任意位置，序列数与长度相等")
def padding_anywhere(impl, t: Tools):
    model = t.module(impl.BertEncoder, 17, 12, 4, 9, 1, max_length=8, num_segments=3)
    ids, mask = t.randint(1, 17, 4, 4), t.mask(4, 4).long()
    return t.stages(model, STAGES[:2], lambda: model(ids, attention_mask=mask))


@probe(en="One real token, one head", zh="只有一个真实 token，单头")
def one_real_token(impl, t: Tools):
    model = t.module(impl.BertEncoder, 7, 6, 1, 10, 1, 5)
    ids, mask = t.randint(1, 7, 2, 3), torch.tensor([[1, 0, 0], [0, 0, 1]])
    return t.stages(model, STAGES[:2], lambda: model(ids, mask))


@probe(en="The same model on other lengths, and pad_id 2", zh="同一模型换长度；pad_id 为 2")
def lengths(impl, t: Tools):
    model = t.module(impl.BertEncoder, 7, 6, 2, 10, 1, 7, pad_id=2)
    return [model(t.randint(0, 7, 2, length)) for length in (3, 7)]


@probe(
    en="Tiny activations, where the eps of each LayerNorm counts",
    zh="激活极小：每个 LayerNorm 的 eps 都起作用",
)
def tiny(impl, t: Tools):
    model = t.module(impl.BertEncoder, 11, 6, 2, 10, 1, 9)
    for name, parameter in model.raw.named_parameters():
        if parameter.dim() == 1 or name.startswith("embeddings"):
            parameter.data.mul_(1e-6)
    ids = t.randint(1, 11, 2, 4)
    return t.stages(model, STAGES[:2], lambda: model(ids))


# not in bfloat16: rounding of scores in the hundreds moves whole weights, in right answers too
@probe(en="Scores in the hundreds", zh="注意力分数上百", dtypes=False)
def large_scores(impl, t: Tools):
    model = t.module(impl.BertEncoder, 11, 12, 2, 10, 1, 9)
    for name, parameter in model.raw.named_parameters():
        if "W_q.weight" in name or "W_k.weight" in name:
            parameter.data.mul_(12.0)
    ids, mask = t.randint(1, 11, 2, 5), torch.tensor([[1, 1, 1, 0, 0], [1, 1, 1, 1, 1]])
    return t.stages(model, STAGES[:2], lambda: model(ids, mask))
