"""Hidden tests of the NSP head: batch, length, width and vocabulary differ; classes are not balanced."""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="The pooled vector", zh="池化后的向量")
def pooled(impl, t: Tools):
    pooler = t.module(impl.Pooler, 6)
    return [pooler(t.randn(3, 5, 6)), pooler(t.randn(2, 1, 6))]


@probe(en="The two logits", zh="两个 logits")
def two_logits(impl, t: Tools):
    head = t.module(impl.NSPHead, d_model=8)
    return [head(t.randn(3, 4, 8)), head(t.randn(1, 6, 8))]


@probe(en="Large states: tanh saturates", zh="状态很大：tanh 饱和")
def saturated(impl, t: Tools):
    return t.module(impl.NSPHead, 6)(t.randn(4, 3, 6, scale=20.0))


@probe(en="The loss", zh="损失")
def loss(impl, t: Tools):
    labels = torch.full((4, 6), -100)
    labels[0, 2], labels[1, 1], labels[1, 5], labels[3, 0], labels[3, 4] = 8, 0, 3, 5, 1
    is_next = torch.tensor([True, False, True, True])
    return impl.pretraining_loss(t.randn(4, 6, 9), labels, t.randn(4, 2, scale=2.0), is_next)


@probe(en="All pairs follow, then none does", zh="全部是下一句，以及全部不是")
def one_class(impl, t: Tools):
    labels, logits = t.randint(0, 7, 3, 2), t.randn(3, 2, scale=2.0)
    following = torch.ones(3, dtype=torch.bool)
    mlm = t.randn(3, 2, 7)
    return [impl.pretraining_loss(mlm, labels, logits, kind) for kind in (following, ~following)]


@probe(en="A single token selected", zh="只选中一个 token")
def one_selected(impl, t: Tools):
    labels = torch.full((2, 3), -100)
    labels[1, 2] = 4
    return impl.pretraining_loss(t.randn(2, 3, 7), labels, t.randn(2, 2), torch.tensor([True, False]))


@probe(en="No token selected: the NSP loss alone", zh="没有选中的 token：只剩 NSP 损失")
def nothing_selected(impl, t: Tools):
    labels, is_next = torch.full((2, 5), -100), torch.tensor([False, True])
    return impl.pretraining_loss(t.randn(2, 5, 7), labels, t.randn(2, 2), is_next)


# not in bfloat16: rounding of logits in the hundreds moves the loss, in right answers too
@probe(en="Logits in the hundreds", zh="logits 上百", dtypes=False)
def large_logits(impl, t: Tools):
    labels = torch.tensor([[3, -100, 0, -100], [-100, 6, -100, -100]])
    wrong = torch.tensor([[200.0, -150.0], [-120.0, 90.0]])  # sure, and wrong both times
    return impl.pretraining_loss(t.randn(2, 4, 7, scale=200.0), labels, wrong, torch.tensor([False, True]))
