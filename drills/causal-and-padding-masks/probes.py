"""Hidden tests of the masks: extreme lengths, no past, a long past, padding that reaches into the past."""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Padding mask of random lengths", zh="随机长度的 padding mask")
def padding(impl, t: Tools):
    return [impl.padding_mask(t.randint(1, 7, 4), 7), impl.padding_mask(t.randint(2, 5, 2), T=5)]


@probe(en="Padding mask of an empty and a full sequence", zh="空序列与满长序列的 padding mask")
def padding_extremes(impl, t: Tools):
    return impl.padding_mask(torch.tensor([0, 5, 1, t.integer(2, 5)]), 5)


@probe(en="Lengths in int32, with gaps in memory", zh="lengths 为 int32，内存不连续")
def padding_int32(impl, t: Tools):
    return impl.padding_mask(t.randint(1, 6, 6).to(torch.int32)[::2], 6)


@probe(en="Causal mask without a past", zh="没有过去的因果 mask")
def causal(impl, t: Tools):
    return [impl.causal_mask(5, 5), impl.causal_mask(1, 1), impl.causal_mask(T_q=2, T_k=2)]


@probe(en="Causal mask of a few queries after a past", zh="前面有过去时，几个 query 的因果 mask")
def causal_with_past(impl, t: Tools):
    return [impl.causal_mask(3, 7), impl.causal_mask(4, 5), impl.causal_mask(T_q=2, T_k=9)]


@probe(en="One token after another, as in decoding", zh="像解码那样逐个 token 调用")
def decoding(impl, t: Tools):
    return [impl.causal_mask(1, length) for length in (2, 3, 6)]


@probe(en="Both masks, no past", zh="两种 mask 合一，没有过去")
def combined(impl, t: Tools):
    return impl.combined_mask(torch.tensor([5, 1, t.integer(2, 5)]), 5, 5)


@probe(en="Both masks, with a past", zh="两种 mask 合一，有过去")
def combined_with_past(impl, t: Tools):
    lengths = torch.tensor([7, t.integer(4, 7), 2, 0])  # ends among the queries, within the past, nowhere
    return [impl.combined_mask(lengths, 3, 7), impl.combined_mask(lengths[1:3], T_q=1, T_k=7)]
