"""Hidden tests of `DoRALinear`: the base has weights before it is wrapped, with rows of unlike lengths."""

import torch
from torch import nn

from llmprep.judge.probes import Tools, probe


@probe(en="Random parameters, in train and eval mode", zh="随机参数，train 与 eval 两种模式")
def values(impl, t: Tools):
    layer, x = t.module(impl.DoRALinear, nn.Linear(5, 7), 3, 7), t.randn(2, 4, 5)
    return [layer(x), layer.eval()(x[:1])]


@probe(en="Without bias, and inputs of other dimensions", zh="没有 bias，以及其他维数的输入")
def without_bias(impl, t: Tools):
    layer = t.module(impl.DoRALinear, nn.Linear(6, 4, bias=False), rank=2, alpha=0.5)
    return [layer(t.randn(6)), layer(t.randn(*t.lead, 6))]


@probe(
    en="A fresh layer gives what its base gives; m holds the row norms",
    zh="刚建好时输出与底座相同；m 是各行的范数",
    no_grad=True,
)
def fresh(impl, t: Tools):
    base = linear(t, 5, 7)
    layer = impl.DoRALinear(base, 2, 3)
    parts = [layer.m, layer.B, layer.A.unique().numel() > 5, layer.base is base]
    trainable = sorted(name for name, p in layer.named_parameters() if p.requires_grad)
    return [layer(t.randn(3, 5)).detach(), parts, trainable]


@probe(
    en="Weights that have moved, and move again",
    zh="训练中的权重：变动之后再变动",
    no_grad=True,
    dtypes=False,
)
def moving(impl, t: Tools):
    layer, seen = impl.DoRALinear(linear(t, 6, 4), 3, 2), []
    for _ in range(2):
        with torch.no_grad():
            for name in ("A", "B", "m"):
                parameter = getattr(layer, name)
                parameter.copy_(t.rand(*parameter.shape, low=-0.4, high=1.2))
        seen.append(layer(t.randn(2, 3, 6)).detach())
    return seen


@probe(en="The adapted weight, and the base as it was", zh="适配后的权重，而底座不变", no_grad=True)
def merged(impl, t: Tools):
    layer = t.module(impl.DoRALinear, linear(t, 5, 7), 2, 9)
    before = layer.base.weight.clone()
    return [layer.merged_weight().detach(), layer.base.weight - before, layer(t.randn(5)).detach()]


@probe(en="Updates much larger and much smaller than the base", zh="增量远大于或远小于底座")
def scales(impl, t: Tools):
    large = t.module(impl.DoRALinear, nn.Linear(4, 5), 2, alpha=4000)
    small = t.module(impl.DoRALinear, nn.Linear(4, 5), 2, alpha=0.01)
    return [large(t.randn(3, 4)), small(t.randn(3, 4))]


@probe(
    en="Gradients of m, A, B and x, the norm a constant",
    zh="m、A、B、x 的梯度，范数当作常数",
    dtypes=False,
    no_grad=True,
)
def gradients(impl, t: Tools):
    layer, x = t.module(impl.DoRALinear, nn.Linear(5, 6), 2, 3), t.randn(4, 5).requires_grad_(True)
    (layer(x) * t.randn(4, 6)).sum().backward()
    base = [p.grad is None for p in layer.base.parameters()]
    return [x.grad, layer.m.grad, layer.A.grad, layer.B.grad, base]


@probe(
    en="Parameters have dtype and device of the weight",
    zh="参数的 dtype 和 device 与权重相同",
    dtypes=False,
    no_grad=True,
)
def like_the_weight(impl, t: Tools):
    seen = []
    for kind in ({"dtype": torch.bfloat16}, {"dtype": torch.float64, "device": "meta"}):
        layer = impl.DoRALinear(nn.Linear(4, 3, **kind), 2, 4)
        seen.append([(name, str(p.dtype), p.device.type) for name, p in sorted(layer.named_parameters())])
    return seen


def linear(t: Tools, d_in: int, d_out: int) -> nn.Linear:
    """A layer whose weight rows have lengths of their own."""
    layer = nn.Linear(d_in, d_out)
    with torch.no_grad():
        layer.weight.copy_(t.randn(d_out, d_in) * t.rand(d_out, 1, low=0.3, high=3.0))
        layer.bias.copy_(t.randn(d_out))
    return layer
