"""Hidden tests of `LoRALinear`: d_in, d_out and rank all differ, and alpha / rank is neither 1 nor whole.

Probes that merge ask for no gradients: the weight changes in place, which the graph of an earlier pass would
not survive. They look at what is trainable instead.
"""

from torch import nn

from llmprep.judge.probes import Tools, probe


@probe(en="Base plus scaled update", zh="底座输出加上缩放后的增量")
def values(impl, t: Tools):
    return t.module(impl.LoRALinear, nn.Linear(5, 7), 3, 7)(t.randn(2, 4, 5))


@probe(
    en="A base without bias, and inputs with fewer or more dimensions", zh="底座没有 bias，输入维数更少或更多"
)
def without_bias(impl, t: Tools):
    layer = t.module(impl.LoRALinear, nn.Linear(6, 4, bias=False), rank=2, alpha=0.5)
    return [layer(t.randn(6)), layer(t.randn(*t.lead, 3, 6))]


@probe(
    en="A fresh layer gives what its base gives; A is random, B zero",
    zh="刚建好时输出与底座相同；A 随机，B 为零",
    dtypes=False,
)
def fresh_layer(impl, t: Tools):
    base = nn.Linear(5, 7)
    layer = impl.LoRALinear(base, 3, 7)
    largest_b, zeros_in_a = layer.B.detach().abs().max(), int((layer.A == 0).sum())
    different_in_a = layer.A.detach().unique().numel()
    return [layer(t.randn(4, 5)), layer.base is base, largest_b, zeros_in_a, different_in_a]


@probe(
    en="Merged, the output stays the same and the base stays frozen",
    zh="合并后输出不变，底座仍然冻结",
    no_grad=True,
)
def merged(impl, t: Tools):
    layer = t.module(impl.LoRALinear, nn.Linear(5, 7), 3, 7)
    layer.merge()
    return [layer.base.weight.detach().clone(), trainable(layer), layer(t.randn(2, 4, 5))]


@probe(
    en="Unmerged, the old weight is back and A and B still learn",
    zh="取消合并后权重复原，A、B 仍可训练",
    no_grad=True,
)
def unmerged(impl, t: Tools):
    layer = t.module(impl.LoRALinear, nn.Linear(5, 7), 3, 7)
    layer.merge()
    layer.unmerge()
    return [layer.base.weight.detach().clone(), trainable(layer), layer(t.randn(2, 4, 5))]


@probe(
    en="merge and unmerge twice in a row, and unmerge first",
    zh="连续两次 merge、unmerge，以及先 unmerge",
    no_grad=True,
)
def twice(impl, t: Tools):
    layer, x, seen = t.module(impl.LoRALinear, nn.Linear(5, 7), 3, 7), t.randn(4, 5), []
    for step in ("unmerge", "merge", "merge", "unmerge", "unmerge", "merge"):
        getattr(layer, step)()
        seen.append(layer.base.weight.detach().clone())
    return [seen, layer(x).detach()]


@probe(en="What is merged is the update as it is then", zh="merge 合并的是当时的增量", no_grad=True)
def after_a_step(impl, t: Tools):
    layer, x = t.module(impl.LoRALinear, nn.Linear(5, 7), 3, 7), t.randn(4, 5)
    first = layer(x).detach()
    layer.B.data.mul_(-3)
    layer.A.data.add_(0.5)
    second = layer(x).detach()
    layer.merge()
    return [first, second, layer(x).detach()]


@probe(
    en="No d_out × d_in product while training",
    zh="训练时不生成 d_out × d_in 的矩阵",
    no_grad=True,
    dtypes=False,
)
def cost_of_forward(impl, t: Tools):
    layer, x = t.module(impl.LoRALinear, nn.Linear(48, 40), 2, 3), t.randn(5, 48)
    return t.cost(lambda: layer(x), largest=2.0, flops=1.2)


def trainable(layer):
    """The names of the parameters that an optimiser would change now."""
    return sorted(name for name, parameter in layer.named_parameters() if parameter.requires_grad)
