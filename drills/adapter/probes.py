"""Hidden tests of the bottleneck adapter; a few yes-or-no figures tell what its initial weights are like."""

import torch
from torch import nn

from llmprep.judge.probes import Tools, probe


class Doubled(nn.Module):
    """A sub-layer that wants a keyword argument."""

    def __init__(self, d_model: int):
        super().__init__()
        self.inner = nn.Linear(d_model, d_model, bias=False)

    def forward(self, x, gain=1.0, shift=None):
        out = self.inner(x) * gain
        return out if shift is None else out + shift


@probe(en="The adapter by itself", zh="单独的 adapter")
def adapter(impl, t: Tools):
    layer = t.module(impl.Adapter, 7, 3)
    return [layer(t.randn(2, 4, 7)), layer.eval()(t.randn(7)), layer(t.randn(*t.lead, 7, scale=3.0))]


@probe(en="A bottleneck of one, and one wider than the model", zh="瓶颈为 1，以及比模型更宽")
def widths(impl, t: Tools):
    return [t.module(impl.Adapter, d_model=5, bottleneck=width)(t.randn(3, 5)) for width in (1, 8)]


@probe(en="In a sub-layer", zh="装进子层")
def sublayer(impl, t: Tools):
    layer = t.module(impl.AdaptedSublayer, nn.Linear(6, 6), nn.LayerNorm(6), 4)
    return [layer(t.randn(2, 3, 6)), layer(t.randn(4, 6, scale=5.0, shift=2.0))]


@probe(en="Keyword arguments reach the sub-layer", zh="关键字参数传到子层")
def arguments(impl, t: Tools):
    layer = t.module(impl.AdaptedSublayer, Doubled(6), nn.LayerNorm(6, eps=0.1), bottleneck=2)
    x = t.randn(2, 3, 6)
    return [layer(x), layer(x, gain=-2.0), layer(x, shift=t.randn(6), gain=0.5)]


@probe(
    en="Initial weights: a normal law, cut off; no biases",
    zh="初始权重：截断正态分布；bias 为 0",
    no_grad=True,
    dtypes=False,
)
def initial_weights(impl, t: Tools):
    layer = impl.Adapter(200, 90)
    seen = []
    for part in (layer.down, layer.up):
        weight = part.weight.detach()
        # the cut-off law has standard deviation 0.0088; 18,000 draws know it to within 0.00005
        seen.append([bool(0.0085 < weight.std() < 0.0091), bool(weight.abs().max() <= 0.02)])
        seen.append([bool(weight.mean().abs() < 6e-4), bool(weight.abs().max() > 0.0195)])
        seen.append(bool((weight.abs() >= 0.01999).sum() < 100))
        seen.append(part.bias.detach())
    return seen


@probe(
    en="A fresh adapter is nearly the identity", zh="刚建好的 adapter 接近恒等", no_grad=True, dtypes=False
)
def near_identity(impl, t: Tools):
    layer, h = impl.Adapter(24, 5), t.randn(6, 24)
    change = (layer(h) - h).abs().max()
    inside = impl.AdaptedSublayer(nn.Identity(), nn.LayerNorm(24), 5)
    expected = nn.functional.layer_norm(2 * h, (24,))
    return [bool(0 < change < 0.02), bool((inside(h) - expected).abs().max() < 0.02)]


@probe(
    en="What is trainable, and the very modules given", zh="哪些可训练，以及存的就是传入的模块", no_grad=True
)
def trainable(impl, t: Tools):
    seen = []
    for frozen in (False, True):
        inner, norm = Doubled(5), nn.LayerNorm(5)
        inner.requires_grad_(not frozen)
        norm.requires_grad_(not frozen)
        layer = impl.AdaptedSublayer(inner, norm, 2)
        names = sorted((name, p.requires_grad) for name, p in layer.named_parameters())
        seen.append([names, layer.sublayer is inner, layer.norm is norm])
    return seen
