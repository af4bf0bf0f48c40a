"""Hidden tests of `BertEmbeddings`: batch, length, width and the sizes of the three tables all differ.

Modules are in training mode as they come, so a dropout shows.
"""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Token, position and segment together", zh="token、position、segment 三者相加")
def values(impl, t: Tools):
    model = t.module(impl.BertEmbeddings, 11, 6, 9, 2)
    return model(t.randint(1, 11, 3, 5), t.randint(0, 2, 3, 5))


@probe(en="No segment_ids: segment 0 everywhere", zh="不给 segment_ids：全是第 0 段")
def no_segments(impl, t: Tools):
    model = t.module(impl.BertEmbeddings, 13, 8, max_length=7, num_segments=3)
    return [model(t.randint(1, 13, 2, 4)), model(t.randint(1, 13, 2, 4), segment_ids=torch.ones(2, 4).long())]


@probe(en="The default sizes: 512 positions, 2 segments", zh="默认大小：512 个位置、2 个段")
def defaults(impl, t: Tools):
    return t.module(impl.BertEmbeddings, 5, 4)(t.randint(1, 5, 1, 3))


@probe(en="Padding: its vectors, and no gradient for its row", zh="padding：它的输出，以及那一行没有梯度")
def padding(impl, t: Tools):
    model = t.module(impl.BertEmbeddings, 11, 6, 8, 2, pad_id=3)
    ids = torch.tensor([[5, 3, 7, 0], [8, 2, 3, 3]])  # 3 is padding here, 0 an ordinary token
    return model(ids, torch.tensor([[0, 0, 1, 1], [0, 1, 0, 0]]))


@probe(en="Default pad_id is 0", zh="pad_id 默认为 0")
def default_padding(impl, t: Tools):
    return t.module(impl.BertEmbeddings, 7, 4, 6)(torch.tensor([[4, 1, 0], [2, 0, 0]]))


@probe(
    en="A fresh padding row is zero; no other row is",
    zh="新建时 padding 那一行为零，其他行都不为零",
    dtypes=False,
    no_grad=True,
)
def fresh_tables(impl, t: Tools):
    model = impl.BertEmbeddings(9, 5, 7, 3, pad_id=4)
    tables = (model.token, model.position, model.segment)
    return [[bool(row.any()) for row in table.weight] for table in tables]


@probe(en="Longer, then shorter sequences, up to max_length", zh="序列先变长、再变短，直到 max_length")
def lengths(impl, t: Tools):
    model = t.module(impl.BertEmbeddings, 11, 6, 7)
    return [model(t.randint(1, 11, 2, length)) for length in (1, 3, 7, 4)]


@probe(en="Tiny tables, where the eps of LayerNorm counts", zh="表里的数极小：LayerNorm 的 eps 起作用")
def tiny_tables(impl, t: Tools):
    model = t.module(impl.BertEmbeddings, 11, 6, 9)
    for table in (model.token, model.position, model.segment):
        table.weight.data.mul_(1e-6)
    return model(t.randint(1, 11, 2, 4), t.randint(0, 2, 2, 4))
