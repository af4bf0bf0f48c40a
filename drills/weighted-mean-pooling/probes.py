"""Hidden tests of `weighted_mean_pool`: where counting starts, what padding does, and sums beyond float16."""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="No padding at all", zh="没有 padding")
def values(impl, t: Tools):
    return impl.weighted_mean_pool(t.randn(3, 5, 4), torch.ones(3, 5, dtype=torch.int64))


@probe(en="Padding on the right", zh="padding 在右边")
def right_padding(impl, t: Tools):
    mask = block(7, (0, 0, 0, 0), (7, 4, 2, 1))
    return impl.weighted_mean_pool(filled(t, mask, 5), mask)


@probe(en="Padding on the left", zh="padding 在左边")
def left_padding(impl, t: Tools):
    mask = block(6, (0, 2, 4), (6, 4, 2))
    return impl.weighted_mean_pool(filled(t, mask, 3), mask)


@probe(en="Padding on a different side in each row", zh="各行的 padding 在不同侧")
def mixed_sides(impl, t: Tools):
    mask = block(8, (0, 3, 2), (3, 5, 4))
    return impl.weighted_mean_pool(filled(t, mask, 4), mask)


@probe(en="A row of padding only", zh="整行都是 padding")
def empty_row(impl, t: Tools):
    mask = block(5, (0, 0, 2), (3, 0, 3))
    return impl.weighted_mean_pool(filled(t, mask, 4), mask)


@probe(en="One text, one token, one component", zh="一条文本、一个 token、一个分量")
def single(impl, t: Tools):
    one = torch.ones(1, 1, dtype=torch.int64)
    return [impl.weighted_mean_pool(t.randn(1, 1, d), one) for d in (1, 3)]


@probe(en="900 tokens in float16", zh="float16 下 900 个 token", no_grad=True, dtypes=False)
def long_text_in_float16(impl, t: Tools):
    mask = block(1000, (0, 100), (900, 900))
    return impl.weighted_mean_pool(t.randn(2, 1000, 3, shift=1.0).half(), mask)


def block(length, starts, counts):
    """Masks (B, length) with `counts` ones from `starts` on."""
    positions, first = torch.arange(length), torch.tensor(starts)[:, None]
    return ((positions >= first) & (positions < first + torch.tensor(counts)[:, None])).long()


def filled(t, mask, d):
    """Random vectors (B, T, d), those of the padding larger than the real ones."""
    return t.randn(*mask.shape, d) + (3.0 + t.rand(*mask.shape, d)) * (mask == 0).unsqueeze(-1)
