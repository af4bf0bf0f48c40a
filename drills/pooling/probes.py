"""Hidden tests of `pool`: each mode by itself, padding right, left and mixed, rows without tokens.

What stands in the padding is larger than any real value, and never the same twice.
"""

import torch

from llmprep.judge.probes import Tools, probe

MODES = ("cls", "last", "mean", "max")


@probe(en="No padding at all", zh="没有 padding")
def no_padding(impl, t: Tools):
    hidden, mask = t.randn(3, 5, 4), torch.ones(3, 5, dtype=torch.int64)
    return {mode: impl.pool(hidden, mask, mode) for mode in MODES}


@probe(en="Mean: padding right, left, mixed", zh="mean：padding 在右、在左、混合")
def mean(impl, t: Tools):
    return padded(t, lambda hidden, mask: impl.pool(hidden, mask, "mean"))


@probe(en="Max: padding right, left, mixed", zh="max：padding 在右、在左、混合")
def maximum(impl, t: Tools):
    return padded(t, lambda hidden, mask: impl.pool(hidden, mask, "max"))


@probe(en="Cls: padding right, left, mixed", zh="cls：padding 在右、在左、混合")
def first_token(impl, t: Tools):
    return padded(t, lambda hidden, mask: impl.pool(hidden, mask, "cls"))


@probe(en="Last: padding right, left, mixed", zh="last：padding 在右、在左、混合")
def last_token(impl, t: Tools):
    return padded(t, lambda hidden, mask: impl.pool(hidden, mask, "last"))


@probe(en="Max: all values far below zero", zh="max：所有值都远小于零", dtypes=False)
def far_below_zero(impl, t: Tools):
    hidden = t.randn(3, 5, 6, scale=100.0, shift=-20000.0)
    return impl.pool(hidden, block(5, (0, 1, 2), (4, 4, 3)), "max")


@probe(en="Mean: a row of padding only", zh="mean：整行都是 padding")
def empty_mean(impl, t: Tools):
    mask = block(5, (0, 0, 3), (3, 0, 2))
    return impl.pool(filled(t, mask, 4), mask, "mean")


@probe(en="Max: a row of padding only", zh="max：整行都是 padding")
def empty_max(impl, t: Tools):
    mask = block(5, (2, 0, 0), (3, 0, 1))
    return impl.pool(filled(t, mask, 4), mask, "max")


@probe(en="Cls and last: a row of padding only", zh="cls 和 last：整行都是 padding")
def empty_token(impl, t: Tools):
    mask = block(5, (0, 0, 3), (0, 3, 2))
    hidden = filled(t, mask, 4)
    return {mode: impl.pool(hidden, mask, mode) for mode in ("cls", "last")}


@probe(en="One text, one token", zh="一条文本、一个 token")
def single(impl, t: Tools):
    one = torch.ones(1, 1, dtype=torch.int64)
    return [{mode: impl.pool(t.randn(1, 1, d), one, mode) for mode in MODES} for d in (1, 4)]


@probe(en="An unknown mode raises ValueError", zh="未知的 mode 抛 ValueError", no_grad=True, dtypes=False)
def unknown_mode(impl, t: Tools):
    hidden, mask = t.randn(2, 3, 4), torch.ones(2, 3, dtype=torch.int64)
    return [t.raises(lambda mode=mode: impl.pool(hidden, mask, mode), ValueError) for mode in ("sum", "")]


def padded(t, function):
    """`function` on batches padded on the right, on the left, and differently in each row."""
    masks = {
        "right": block(7, (0, 0, 0), (7, 3, 1)),
        "left": block(6, (0, 2, 5, 3), (6, 4, 1, 3)),
        "mixed": block(6, (0, 2, 1), (2, 4, 3)),
    }
    return {side: function(filled(t, mask, 5), mask) for side, mask in masks.items()}


def block(length, starts, counts):
    """Masks (B, length) with `counts` ones from `starts` on."""
    positions, first = torch.arange(length), torch.tensor(starts)[:, None]
    return ((positions >= first) & (positions < first + torch.tensor(counts)[:, None])).long()


def filled(t, mask, d):
    """Random vectors (B, T, d), those of the padding well above the real ones."""
    return t.randn(*mask.shape, d) + (3.0 + t.rand(*mask.shape, d)) * (mask == 0).unsqueeze(-1)
