"""Hidden tests of `MLMHead`: batch, length, width and vocabulary differ; so do counts per sequence."""

import torch
from torch import nn

from llmprep.judge.probes import Tools, probe


@probe(en="Logits", zh="logits")
def logits(impl, t: Tools):
    head = t.module(impl.MLMHead, nn.Embedding(11, 6))
    return [head(t.randn(3, 4, 6, scale=2.0)), head(t.randn(6))]


@probe(
    en="The decoder is the embedding, and follows it", zh="decoder 与 embedding 共享，随它变化", no_grad=True
)
def tied(impl, t: Tools):
    embedding = nn.Embedding(13, 4)
    head = t.module(impl.MLMHead, embedding)
    hidden = t.randn(2, 4)
    before = head(hidden)
    embedding.weight.data.mul_(-2.0)
    return [head.decoder.weight is embedding.weight, before, head(hidden)]


@probe(
    en="A fresh head: the embedding keeps its values, the bias is zero",
    zh="新建的头：embedding 的值不变，bias 为零",
    dtypes=False,
    no_grad=True,
)
def fresh_head(impl, t: Tools):
    embedding = nn.Embedding(9, 5)
    embedding.weight.data = t.randn(9, 5, shift=3.0)
    head = impl.MLMHead(embedding)
    return [embedding.weight.detach(), head.decoder.weight.detach(), head.decoder.bias.detach()]


@probe(
    en="Loss over few selected tokens, not equally many per sequence",
    zh="只有少数 token 选中，每条序列个数不同",
)
def loss_over_selected(impl, t: Tools):
    head = t.module(impl.MLMHead, nn.Embedding(11, 6))
    labels = torch.full((3, 7), -100)
    labels[0, 1], labels[0, 4], labels[0, 6], labels[2, 0] = 10, 0, 3, 5
    return head.loss(t.randn(3, 7, 6), labels)


@probe(en="Everything selected, and labels of one axis", zh="全部选中，以及一维的 labels")
def loss_everywhere(impl, t: Tools):
    head = t.module(impl.MLMHead, nn.Embedding(7, 4))
    return [head.loss(t.randn(2, 3, 4), t.randint(0, 7, 2, 3)), head.loss(t.randn(5, 4), t.randint(0, 7, 5))]


@probe(en="Nothing selected: 0 with zero gradients", zh="一个都没选中：损失为 0，梯度为 0")
def nothing_selected(impl, t: Tools):
    head = t.module(impl.MLMHead, nn.Embedding(7, 4))
    one = torch.full((2, 3), -100)
    one[1, 1] = 6  # its gradients, into which a NaN of the empty loss would spread
    return [head.loss(t.randn(2, 3, 4), torch.full((2, 3), -100)), head.loss(t.randn(2, 3, 4), one)]


@probe(en="Tiny activations, where the eps of LayerNorm counts", zh="激活极小：LayerNorm 的 eps 起作用")
def tiny(impl, t: Tools):
    head = t.module(impl.MLMHead, nn.Embedding(11, 6))
    head.dense.bias.data.mul_(1e-6)
    return head(t.randn(2, 3, 6, scale=2e-6))


# not in bfloat16: rounding of logits in the hundreds moves the loss, in right answers too
@probe(en="Logits in the hundreds", zh="logits 上百", dtypes=False)
def large_logits(impl, t: Tools):
    embedding = nn.Embedding(11, 6)
    head = t.module(impl.MLMHead, embedding)
    embedding.weight.data.mul_(150.0)
    labels = torch.tensor([[4, -100, 1], [-100, 9, 0]])
    return head.loss(t.randn(2, 3, 6), labels)


@probe(
    en="Logits are computed for selected tokens only",
    zh="只为选中的 token 计算 logits",
    no_grad=True,
    dtypes=False,
)
def cost_of_loss(impl, t: Tools):
    head = t.module(impl.MLMHead, nn.Embedding(90, 6))
    hidden, labels = t.randn(4, 16, 6), torch.full((4, 16), -100)
    labels[:, 3:5] = t.randint(0, 90, 4, 2)
    return t.cost(lambda: head.loss(hidden, labels), largest=2.0, flops=1.5)
