"""Hidden tests of packing: lists of ints go in, so there is nothing to cast or differentiate."""

import torch

from llmprep.judge.probes import Tools, probe


def samples(t: Tools, *lengths: int, low: int = 0):
    return [t.randint(low, 60, length).tolist() for length in lengths]


@probe(en="Several samples in a row", zh="一行里有几个样本")
def several(impl, t: Tools):
    return impl.pack(samples(t, 3, 2, 4, 1), 12, 99)


@probe(en="First fit: an earlier row with room is used", zh="首次适应：前面的行放得下就放前面")
def first_fit(impl, t: Tools):
    return impl.pack(samples(t, 5, 6, 2, 3, 4, 1, 1, 7, 2, 1), 8, 99)


@probe(en="Rows filled to the last token", zh="恰好填满")
def exactly_full(impl, t: Tools):
    return [
        impl.pack(samples(t, 4, 2, 6, 1, 5), 6, 99),
        impl.pack(samples(t, 5, 5), 5, 99),
        impl.pack(samples(t, 1, 1, 1), 1, 99),
    ]


@probe(en="The padding token is a token of the samples too", zh="padding token 也是样本里的 token")
def padding_is_a_token(impl, t: Tools):
    seen = []
    for pad_id in (7, 0):
        drawn = samples(t, 4, 3, 2, low=1)
        for sample in drawn:
            sample[0] = sample[-1] = pad_id
        seen.append(impl.pack(drawn, 8, pad_id))
    return seen


@probe(en="Empty samples, and no sample at all", zh="空样本，以及一个样本都没有")
def empty(impl, t: Tools):
    return [
        impl.pack([[], *samples(t, 3), [], *samples(t, 2, 4), []], 7, 99),
        impl.pack([], 5, 99),
        impl.pack([[], []], 4, 99),
    ]


@probe(en="A sample that is too long is refused", zh="过长的样本要报错")
def too_long(impl, t: Tools):
    return [t.raises(lambda n=n: impl.pack(samples(t, 2, n, 1), 6, 99), ValueError) for n in (7, 13)] + [
        impl.pack(samples(t, 6), 6, 99)
    ]


@probe(
    en="The mask: samples of different length, padding at the end", zh="mask：样本长短不一，末尾有 padding"
)
def mask(impl, t: Tools):
    segments = torch.tensor([[1, 1, 1, 2, 2, 3, 0], [1, 2, 2, 2, 2, 0, 0], [1, 1, 1, 1, 1, 1, 1]])
    return impl.packing_mask(segments)


@probe(en="The mask of padding alone, of one token, of no row", zh="mask：全是 padding、一个 token、没有行")
def odd_masks(impl, t: Tools):
    return [
        impl.packing_mask(torch.zeros(2, 4, dtype=torch.int64)),
        impl.packing_mask(torch.tensor([[1], [0]])),
        impl.packing_mask(torch.zeros(0, 3, dtype=torch.int64)),
    ]


@probe(en="Packed, then masked", zh="打包之后再做 mask")
def together(impl, t: Tools):
    packed = impl.pack(samples(t, 2, 5, 1, 3, 3), 7, 99)
    return [packed, impl.packing_mask(packed["segment_ids"])]
