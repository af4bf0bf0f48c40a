"""Hidden tests of AWQ: the quantiser by itself, the search, its ends and ties, dead channels, the fold.

Codes and α are decisions that rounding may turn. So weights to quantise lie well between two halves, and
samples for the search are drawn until one α errs clearly less than all others; their values are exact in
bfloat16, so that every dtype decides the same.
"""

import torch

from llmprep.judge.probes import Tools, probe

MARGIN = 1.1
DRAWS = 100


def weights(t: Tools, rows: int, groups: int, group: int, bits: int = 4):
    """Groups that use both ends of the codes, each weight within 0.3 steps of its code."""
    top = 2**bits - 1
    codes = t.randint(1, top, rows, groups, group)
    codes[..., 0], codes[..., -1] = top, 0
    away = t.rand(rows, groups, group, low=-0.3, high=0.3)
    away[..., 0] = away[..., -1] = 0
    step = 10.0 ** t.rand(rows, groups, 1, low=-2.0, high=1.0)
    return ((codes - t.randint(1, top, rows, groups, 1) + away) * step).flatten(1)


def errors(w, x, bits, group, grid):
    """The mean squared error of every α, in float64."""
    w, x = w.double(), x.double().reshape(-1, x.shape[-1])
    alphas = torch.arange(grid + 1).double() / grid
    s = x.abs().mean(0).pow(alphas[:, None]).clamp(min=1e-4)
    s = (s / (s.amax(1, keepdim=True) * s.amin(1, keepdim=True)).sqrt())[:, None]
    groups = (w * s).unflatten(-1, (-1, group))
    low, high = groups.amin(-1, keepdim=True).clamp(max=0), groups.amax(-1, keepdim=True).clamp(min=0)
    step = (high - low) / (2**bits - 1)
    zero = (-low / step).round()
    rounded = (((groups / step).round() + zero).clamp(0, 2**bits - 1) - zero) * step
    return ((x / s) @ rounded.flatten(-2).mT - x @ w.T).square().mean((1, 2))


def sample(
    t: Tools, tokens, d_out, d_in, bits=4, group=128, grid=20, lean=-0.4, wins=None, unlike=(), channels=1.0
):
    """w and x for which one α, neither 0 nor 1 unless `wins` says so, errs clearly least.

    Args:
        lean: the larger, the larger the weights of important channels, and the smaller the best α.
        wins: the k of the best α, if it matters.
        unlike: other (bits, group) for which another α is best.
        channels: factors of the channels of x, (d_in,).
    """
    wanted = range(1, grid) if wins is None else wins
    for _ in range(DRAWS):
        size = 10 ** t.randn(d_in, scale=0.6)
        w = (t.randn(d_out, d_in) * size**lean).bfloat16().float()
        x = (t.randn(*tokens, d_in, shift=0.3) * size * channels).bfloat16().float()
        found = errors(w, x, bits, group, grid)
        least, second = found.sort().values[:2]
        best = int(found.argmin())
        clear = best in wanted and second > MARGIN * least
        if clear and all(int(errors(w, x, *other, grid).argmin()) != best for other in unlike):
            break
    return w, x


@probe(en="Quantise: bits and groups", zh="量化：不同的 bit 数与组大小", no_grad=True)
def quantised(impl, t: Tools):
    return [
        impl.fake_quantise(weights(t, 5, 2, 128)),
        impl.fake_quantise(weights(t, 6, 3, 8, bits=3), 3, 8),
        impl.fake_quantise(weights(t, 4, 5, 6, bits=2), bits=2, group=6),
        impl.fake_quantise(weights(t, 3, 1, 10) * 1e-6, group=10),
    ]


@probe(
    en="Quantise: groups of one sign, of one value, of zeros",
    zh="量化：组内符号相同、数值相同、全零",
    no_grad=True,
)
def one_sided(impl, t: Tools):
    codes = t.randint(3, 15, 4, 3, 6) + t.rand(4, 3, 6, low=-0.3, high=0.3)
    codes[..., 2] = 15
    w = codes * t.rand(4, 3, 1, low=0.5, high=2.0)
    w[1], w[2, 1], w[3, 2] = -w[1], 0, -0.7
    return [impl.fake_quantise(w.flatten(1), 4, 6), impl.fake_quantise(torch.zeros(2, 6), 4, 3)]


@probe(en="Quantise: halves, and the highest code", zh="量化：正好一半，以及最大的码", no_grad=True)
def halves(impl, t: Tools):
    w = torch.tensor([[-15.0, 15, 1, 3, 5, -3], [-14, 16, 1, 3, -1, 7], [-12, 18, 5, -5, 9, 17]])
    few = torch.tensor([[3.0, -3, 0, 1, 6, 0, 3, -0.25]])
    return [impl.fake_quantise(w * 0.5 ** t.integer(0, 4), 4, 6), impl.fake_quantise(few, 2, 4)]


@probe(en="Search: bits, groups and grids", zh="搜索：不同的 bit 数、组大小与网格", no_grad=True)
def search(impl, t: Tools):
    first = sample(t, (9,), 6, 16, 3, 8, 5, unlike=[(4, 8), (3, 16)])
    second = sample(t, (7,), 5, 12, 2, 4, 6, unlike=[(4, 4), (2, 12)])
    w, x = sample(t, (8,), 4, 18, 4, 6, 4)
    return [
        impl.awq_scales(*first, 3, 8, 5),
        impl.awq_scales(*second, bits=2, group=4, grid=6),
        impl.awq_scales(w * 2.0**-20, x, group=6, grid=4),
    ]


@probe(en="Search: α = 0 or α = 1 is best", zh="搜索：最好的是 α = 0 或 α = 1", no_grad=True)
def ends(impl, t: Tools):
    none = sample(t, (9,), 6, 16, 4, 8, 4, lean=1.5, wins=[0])
    full = sample(t, (9,), 6, 16, 4, 8, 4, lean=-1.2, wins=[4])
    return [impl.awq_scales(*none, 4, 8, 4), impl.awq_scales(*full, 4, 8, 4)]


@probe(en="Search: the defaults", zh="搜索：默认参数", no_grad=True)
def defaults(impl, t: Tools):
    return impl.awq_scales(*sample(t, (6,), 3, 256))


@probe(en="Search: batches of sequences, and one token", zh="搜索：成批的序列，以及单个 token", no_grad=True)
def batches(impl, t: Tools):
    shapes = ((2, 3), (2, 2, 3), ())
    return [impl.awq_scales(*sample(t, tokens, 5, 12, 3, 4, 4), 3, 4, 4) for tokens in shapes]


@probe(en="Search: ties, zeros", zh="搜索：误差相同，以及全零", no_grad=True)
def ties(impl, t: Tools):
    # steps of 2: every error is exact, whatever the order of adding
    w = torch.tensor([[-2.0, 4, 0.5, 2.5], [4.0, -2, -0.5, 1.5], [3.5, 0.25, 4, -2]])
    x = t.randint(0, 2, 5, 4) * 2.0 - 1
    return [
        impl.awq_scales(w, x, 2, 4, 5),
        impl.awq_scales(w * 0, t.randn(5, 4), 4, 4, 5),
        impl.awq_scales(w, x * 0, 4, 2, 5),
    ]


@probe(en="Search: dead channels and tiny ones", zh="搜索：恒为 0 的通道与极小的通道", no_grad=True)
def dead(impl, t: Tools):
    channels = torch.ones(12)
    channels[2], channels[7] = 0, 1e-5
    some = sample(t, (6,), 5, 12, 3, 6, 5, wins=[1, 2, 3], channels=channels)
    none = sample(t, (6,), 5, 12, 3, 6, 5, lean=1.5, wins=[0], channels=channels)
    channels[2] = 1
    tiny = sample(t, (6,), 5, 12, 3, 6, 5, wins=[1, 2, 3], channels=channels)
    return [impl.awq_scales(*pair, 3, 6, 5) for pair in (some, none, tiny)]


@probe(en="Fold into the norm", zh="折进前面的 norm", no_grad=True)
def folded(impl, t: Tools):
    s, few = 2.0 ** t.randint(-3, 4, 256), 2.0 ** t.randint(-2, 3, 12)
    return [
        impl.fold(t.randn(256), weights(t, 3, 2, 128) / s, s),
        impl.fold(t.randn(12), weights(t, 5, 3, 4, bits=3) / few, few, 3, 4),
    ]


@probe(en="dtypes of the results", zh="结果的 dtype", no_grad=True, dtypes=False)
def dtypes(impl, t: Tools):
    w, x = sample(t, (6,), 5, 12, 3, 4, 4)
    s, gain = 2.0 ** t.randint(-2, 3, 12), t.randn(12)
    codes = weights(t, 4, 2, 6)
    return [
        impl.awq_scales(w.bfloat16(), x, 3, 4, 4),
        impl.awq_scales(w.double(), x.bfloat16(), 3, 4, 4),
        impl.fold(gain.double(), (codes / s).bfloat16(), s, 4, 6),
        impl.fold(gain.bfloat16(), (codes / s).double(), s, 4, 6),
        impl.fake_quantise(codes.double(), 4, 6),
    ]


@probe(en="Quantise: bfloat16 near the halves", zh="量化：bfloat16，靠近一半处", no_grad=True, dtypes=False)
def near_halves(impl, t: Tools):
    w = t.randn(800, 6).bfloat16()
    exact = w.double()
    low, high = exact.amin(1, keepdim=True).clamp(max=0), exact.amax(1, keepdim=True).clamp(min=0)
    codes = exact / (high - low) * 15
    away = (0.5 - (codes - codes.round()).abs()).amin(1)
    clear = w[(away > 0.002) & (away < 0.01)]  # far for float32, too near for bfloat16
    return impl.fake_quantise(clear[:12].reshape(-1, 12), 4, 6)
