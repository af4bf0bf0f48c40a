"""Hidden tests of `Dropout`: the law of the mask by a two-sample test, everything else exactly.

What is random is reduced to what is certain: with hundreds of elements both outcomes occur, and kept elements
have one factor. Factors are rounded to thousandths, because x·m/(1 − p) may be computed in any order.
"""

import torch

from llmprep.judge.probes import Tools, probe


def thousandths(tensor):
    """The different values of a tensor, in whole thousandths."""
    return tensor.detach().double().mul(1000).round().unique() + 0.0


@probe(en="Which elements are dropped, in several calls", zh="几次调用各丢弃了哪些元素", random=True)
def pattern(impl, t: Tools):
    drop, other, ones, outcomes = impl.Dropout(0.3), impl.Dropout(0.3), torch.ones(20, 20), []
    for _ in range(3):
        first, second, third = drop(ones) != 0, drop(ones) != 0, other(ones) != 0
        # an element, its neighbours in the row and in the column, and the same one in two other calls
        same = [mask[::2, ::2] for mask in (first, second, third)]
        corners = (*same, first[::2, 1::2], first[1::2, ::2])
        outcomes += torch.stack([corner.flatten() for corner in corners], dim=1).tolist()
    pending = iter(outcomes)
    return t.law(lambda: next(pending), len(outcomes))


@probe(en="How many are kept of five, for a large p", zh="p 较大时，每五个保留几个", random=True)
def counts(impl, t: Tools):
    drop = impl.Dropout(p=0.8)
    rows = iter((drop(torch.ones(80, 5)) != 0).sum(dim=1).tolist())
    return [t.law(lambda: next(rows), 80), t.law(lambda: int((drop(torch.ones(5)) != 0).sum()), 60)]


@probe(en="Kept elements are scaled by 1/(1 − p)", zh="保留的元素乘 1/(1 − p)", no_grad=True)
def factors(impl, t: Tools):
    seen = []
    for p in (0.2, 0.75):
        drop, ones = impl.Dropout(p), torch.ones(20, 30)
        seen.append(thousandths(drop(ones)))
    return [seen, thousandths(impl.Dropout()(torch.ones(*t.lead, 50)))]


@probe(
    en="The result keeps dtype, shape and signs; x stays as it was",
    zh="结果保持 dtype、形状与符号；x 不变",
    no_grad=True,
)
def kept_values(impl, t: Tools):
    drop, x = impl.Dropout(0.5), t.randn(*t.lead, 60)
    y = drop(x)
    return [(y / x.to(y.dtype)).mul(100).round().unique() + 0.0, y.sum() * 0, list(y.shape)]


@probe(en="Evaluation changes nothing, before and after training", zh="推理时什么都不变，训练前后都一样")
def evaluation(impl, t: Tools):
    drop, x = impl.Dropout(0.4), t.randn(3, 5)
    drop.eval()
    before = drop(x)
    drop.train()
    between = thousandths(drop(torch.ones(20, 30)))
    drop.eval()
    return [before, between, drop(x)]


@probe(en="p = 0 and p = 1 in training", zh="训练时 p = 0 与 p = 1")
def ends(impl, t: Tools):
    nothing, everything = impl.Dropout(0), impl.Dropout(1.0)
    x = t.randn(6, 7)
    return [nothing(x), everything(x), everything.eval()(x)]


@probe(
    en="The gradient passes where the element was kept", zh="梯度只经过保留的元素", no_grad=True, dtypes=False
)
def gradient(impl, t: Tools):
    x = t.randn(20, 30).requires_grad_(True)
    y = impl.Dropout(0.2)(x)
    (slope,) = torch.autograd.grad(y.sum(), x)
    return [thousandths(slope), thousandths(y - slope * x)]


@probe(en="p outside [0, 1] raises ValueError", zh="p 不在 [0, 1] 内时抛出 ValueError")
def bad_p(impl, t: Tools):
    return [t.raises(lambda p=p: impl.Dropout(p)) for p in (-0.1, 1.01, 2, 0.0, 1, 0.5)]


@probe(en="No parameters, no buffers", zh="没有参数，没有 buffer", no_grad=True)
def stateless(impl, t: Tools):
    drop = impl.Dropout(0.3)
    drop(torch.ones(3, 4))
    return [sorted(drop.state_dict()), len(list(drop.parameters())), len(list(drop.buffers()))]
