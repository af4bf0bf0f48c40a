"""Hidden tests of `SwitchableLoRA`: adapters of different ranks and scales, switched in many orders.

What is claimed bit for bit is made visible in the size of the error: updates a million times the weight, and
integers that bfloat16 cannot hold.
"""

import torch
from torch import nn

from llmprep.judge.probes import Tools, probe


@probe(en="Base and two adapters, nothing merged", zh="没有合并：底座与两个 adapter", no_grad=True)
def beside(impl, t: Tools):
    layer, x = with_adapters(impl, t), t.randn(2, 4, 5)
    return [layer(x), layer(x, "a"), layer(x, name="b"), layer(x), layer.base.weight]


@probe(en="Parameters, and the very layer that was given", zh="参数，以及传入的就是同一个层", no_grad=True)
def parameters(impl, t: Tools):
    base = nn.Linear(5, 7)
    return t.module(impl.SwitchableLoRA, base).base is base


@probe(en="Without bias, and inputs of other dimensions", zh="没有 bias，以及其他维数的输入", no_grad=True)
def without_bias(impl, t: Tools):
    layer = impl.SwitchableLoRA(linear(t, 4, 6, bias=False))
    layer.add("only", t.randn(1, 4), t.randn(6, 1), alpha=0.5)
    seen = [layer(t.randn(4), "only"), layer(t.randn(*t.lead, 4), "only")]
    exported = layer.export("only")
    layer.merge("only")
    return [seen, layer(t.randn(3, 4), "only"), exported.weight, exported.bias is None]


@probe(en="Merged: the weight, and the same outputs", zh="合并后的权重，以及不变的输出", no_grad=True)
def merged(impl, t: Tools):
    layer, x = with_adapters(impl, t), t.randn(3, 5)
    weight, seen = layer.base.weight, []
    for name in ("a", "b"):
        layer.merge(name)
        seen += [layer.base.weight.clone(), layer(x), layer(x, name)]
    kept = [layer.base.weight is weight, [p.requires_grad for p in layer.parameters()]]
    return [seen, kept]


@probe(en="Merged twice, unmerged twice, unmerged first", zh="重复合并、重复取消，以及先取消", no_grad=True)
def repeated(impl, t: Tools):
    layer, x, seen = with_adapters(impl, t), t.randn(2, 5), []
    steps = ("unmerge", "a", "a", "unmerge", "unmerge", "b", "a", "b", "b", "unmerge", "a", "unmerge")
    for step in steps:
        if step == "unmerge":
            layer.unmerge()
        else:
            layer.merge(step)
        seen += [layer.base.weight.clone(), layer(x)]
    return [seen, layer(x, "b")]


@probe(
    en="Switched back and forth between huge updates, the first weight comes back exactly",
    zh="在两个巨大的增量之间来回切换后，权重精确复原",
    no_grad=True,
)
def exact(impl, t: Tools):
    layer = impl.SwitchableLoRA(linear(t, 5, 7))
    layer.add("huge", t.randn(2, 5, scale=1e4), t.randn(7, 2, scale=1e4), 3)
    layer.add("large", t.randn(3, 5, scale=1e3), t.randn(7, 3, scale=1e3), 8)
    seen = []
    for _ in range(3):
        layer.merge("huge")
        layer.merge("large")
        layer.unmerge()
        seen.append(layer.base.weight.clone())
    layer.merge("large")
    small = layer.export("large").weight - layer.base.weight
    layer.unmerge()
    return [seen, small.abs().max(), layer(t.randn(2, 5))]


@probe(
    en="The sum is rounded once, in bfloat16 and float64",
    zh="求和后只舍入一次（bfloat16、float64）",
    no_grad=True,
    dtypes=False,
)
def rounded_once(impl, t: Tools):
    seen = []
    for dtype, step in (
        (torch.bfloat16, 1),
        (torch.float64, 399),
    ):  # products too long for the next smaller type
        A, B = (step * t.randint(-40, 41, *shape).to(dtype) for shape in ((3, 5), (7, 3)))
        base = nn.Linear(5, 7).to(dtype)
        with torch.no_grad():
            base.weight.copy_(t.randint(-9, 9, 7, 5) - 0.75 * B.double() @ A.double())
            base.bias.copy_(t.randn(7))
        layer = impl.SwitchableLoRA(base)
        layer.add("a", A, B, 2.25)
        exported = layer.export("a")
        layer.merge("a")
        seen += [layer.base.weight.clone(), exported.weight, exported.bias]
    return seen


@probe(en="Exported layers, whatever is merged", zh="export 的结果与当前合并着谁无关", no_grad=True)
def exported(impl, t: Tools):
    layer, x, seen = with_adapters(impl, t), t.randn(2, 5), []
    for state in (None, "a", "b"):
        if state:
            layer.merge(state)
        before = layer.base.weight.clone()
        for name in ("a", "b"):
            plain = layer.export(name)
            own = plain is not layer.base and plain.weight.data_ptr() != layer.base.weight.data_ptr()
            seen.append([plain.weight, plain.bias, type(plain).__name__, own])
        seen.append([layer.base.weight - before, layer(x)])
    return seen


@probe(en="Names that are taken, unknown, or not merged", zh="名字重复、未知或没有合并", no_grad=True)
def errors(impl, t: Tools):
    layer, x = with_adapters(impl, t), t.randn(2, 5)

    def unknown():
        calls = (lambda: layer(x, "c"), lambda: layer.merge("c"), lambda: layer.export("c"))
        return [t.raises(call, KeyError) for call in calls]

    seen = [unknown(), t.raises(lambda: layer.add("a", t.randn(2, 5), t.randn(7, 2), 1)), layer(x, "a")]
    layer.merge("b")
    seen += [t.raises(lambda: layer.merge("c"), KeyError), t.raises(lambda: layer(x, "a"))]
    seen += [layer.base.weight.clone(), layer(x), layer(x, "b")]
    layer.unmerge()
    return [*seen, layer.base.weight.clone(), layer(x, "a")]


@probe(
    en="Merged, a forward pass costs what the base costs; beside it, little more",
    zh="合并后前向的计算量与底座相同；不合并也只多一点",
    no_grad=True,
    dtypes=False,
)
def cost_of_forward(impl, t: Tools):
    layer, x = t.module(impl.SwitchableLoRA, nn.Linear(48, 40)), t.randn(6, 48)
    layer.add("a", t.randn(3, 48), t.randn(40, 3), 4)
    beside = t.cost(lambda: layer(x, "a"), largest=2.0, flops=1.0)
    layer.merge("a")
    return [beside, t.cost(lambda: layer(x, "a"), largest=1.5, flops=1.0)]


def with_adapters(impl, t: Tools):
    layer = impl.SwitchableLoRA(linear(t, 5, 7))
    layer.add("a", t.randn(2, 5), t.randn(7, 2), 5)
    layer.add("b", t.randn(3, 5), t.randn(7, 3), 2)
    return layer


def linear(t: Tools, d_in: int, d_out: int, bias: bool = True) -> nn.Linear:
    """A layer that has its weights before the candidate sees it: a copy may be taken at once."""
    layer = nn.Linear(d_in, d_out, bias=bias)
    with torch.no_grad():
        for parameter in layer.parameters():
            parameter.copy_(t.randn(*parameter.shape))
    return layer
