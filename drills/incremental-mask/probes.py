"""Hidden tests of the incremental mask: no past, a long past, one query; padding left and elsewhere."""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="No past, as in prefill", zh="没有过去（prefill）")
def prefill(impl, t: Tools):
    return [impl.causal_mask(5, 5), impl.causal_mask(query_length=3, key_length=3), impl.causal_mask(1, 1)]


@probe(en="A sequence in chunks of 3, 1, 4 and 2 tokens", zh="一条序列按 3、1、4、2 个 token 分块送入")
def chunks(impl, t: Tools):
    return [impl.causal_mask(length, end) for length, end in ((3, 3), (1, 4), (4, 8), (2, 10))]


@probe(en="One token after another, as in decoding", zh="逐个 token 解码")
def decoding(impl, t: Tools):
    return [impl.causal_mask(1, length) for length in (2, 3, 7)]


@probe(en="Padding on the left, no past", zh="左侧 padding，没有过去")
def left_padding(impl, t: Tools):
    return impl.causal_mask(6, 6, left_padded((0, t.integer(1, 5), 3), 6))


# the second row's padding ends among the queries, the fourth row is padding throughout
@probe(en="Padding on the left, with a past", zh="左侧 padding，有过去")
def left_padding_with_past(impl, t: Tools):
    key_mask = left_padded((2, 6, 0, 8, t.integer(1, 5)), 8)
    return [impl.causal_mask(3, 8, key_mask), impl.causal_mask(1, 8, key_mask=key_mask)]


@probe(en="Padding anywhere, given as 0 and 1", zh="任意位置的 padding，用 0/1 整数表示")
def integer_mask(impl, t: Tools):
    key_mask = t.mask(2, 7)
    return [impl.causal_mask(4, 7, key_mask.long()), impl.causal_mask(2, 7, key_mask.to(torch.int32))]


@probe(en="More queries than keys are refused", zh="query 比 key 多时报错")
def more_queries_than_keys(impl, t: Tools):
    return [
        t.raises(lambda: impl.causal_mask(4, 3), ValueError),
        t.raises(lambda: impl.causal_mask(5, 2, torch.ones(3, 2, dtype=torch.bool)), ValueError),
    ]


@probe(en="Positions with padding on the left", zh="左侧 padding 时的位置")
def positions(impl, t: Tools):
    key_mask = left_padded((0, t.integer(1, 4), 5, 6, 7), 7)
    return [impl.query_positions(key_mask, 7), impl.query_positions(key_mask, query_length=3)]


@probe(en="Positions with padding anywhere, given as 0 and 1", zh="任意位置的 padding（0/1 整数）时的位置")
def positions_anywhere(impl, t: Tools):
    key_mask = torch.cat((t.mask(3, 6), torch.tensor([[True, False], [False, True], [False, False]])), dim=1)
    return [impl.query_positions(key_mask.long(), 8), impl.query_positions(key_mask.to(torch.int32), 1)]


def left_padded(padding, length):
    """(len(padding), length): row b begins with padding[b] times False."""
    return torch.arange(length) >= torch.tensor(padding)[:, None]
