"""Hidden tests of the two heads: batch, length, width and number of labels all differ."""

import torch

from llmprep.judge.probes import Tools, probe


@probe(en="Logits of a sequence", zh="序列的 logits")
def sequence_logits(impl, t: Tools):
    head = t.module(impl.SequenceClassifier, 6, 3)
    return [head(t.randn(4, 5, 6)), head(t.randn(1, 2, 6))]


@probe(en="Logits of tokens", zh="token 的 logits")
def token_logits(impl, t: Tools):
    return t.module(impl.TokenClassifier, d_model=6, num_labels=4)(t.randn(2, 5, 6))


@probe(en="One class per sequence", zh="每条序列一个类别")
def one_class(impl, t: Tools):
    head = t.module(impl.SequenceClassifier, 6, 3)
    return head.loss(t.randn(4, 5, 6, scale=2.0), t.randint(0, 3, 4))


@probe(en="Several classes at once", zh="同时属于多个类别")
def several_classes(impl, t: Tools):
    head = t.module(impl.SequenceClassifier, 6, 3)
    labels = torch.tensor([[1, 0, 1], [0, 0, 0], [1, 1, 1], [0, 1, 0]])
    return head.loss(t.randn(4, 5, 6, scale=2.0), labels)


@probe(en="As many sequences as classes", zh="序列数与类别数相等")
def square(impl, t: Tools):
    head = t.module(impl.SequenceClassifier, 6, 3)
    labels = torch.tensor([[1, 0, 0], [1, 1, 0], [0, 0, 1]])
    return [head.loss(t.randn(3, 2, 6), labels), head.loss(t.randn(3, 2, 6), t.randint(0, 3, 3))]


@probe(en="Regression, and a batch of one", zh="回归，以及 batch 为 1")
def regression(impl, t: Tools):
    head = t.module(impl.SequenceClassifier, 6, 1)
    return [head.loss(t.randn(4, 5, 6), t.randn(4, shift=2.0)), head.loss(t.randn(1, 3, 6), t.randn(1))]


@probe(en="Tokens that do not count, not equally many per sequence", zh="有不计入的 token，各序列个数不同")
def some_tokens(impl, t: Tools):
    head = t.module(impl.TokenClassifier, 6, 4)
    labels = torch.tensor([[-100, 2, -100, 0, -100], [-100, 3, 1, 0, 3], [-100, -100, -100, -100, -100]])
    return head.loss(t.randn(3, 5, 6, scale=2.0), labels)


@probe(en="All tokens count, as many tokens as classes", zh="全部 token 计入，token 数与类别数相等")
def every_token(impl, t: Tools):
    head = t.module(impl.TokenClassifier, 6, 4)
    return head.loss(t.randn(3, 4, 6), t.randint(0, 4, 3, 4))


@probe(en="No token counts: 0 with zero gradients", zh="没有计入的 token：损失为 0，梯度为 0")
def no_token(impl, t: Tools):
    head = t.module(impl.TokenClassifier, 6, 4)
    one = torch.full((2, 3), -100)
    one[0, 1] = 0  # its gradients, into which a NaN of the empty loss would spread
    return [head.loss(t.randn(2, 3, 6), torch.full((2, 3), -100)), head.loss(t.randn(2, 3, 6), one)]


# not in bfloat16: rounding of logits in the hundreds moves the loss, in right answers too
@probe(en="Logits in the hundreds", zh="logits 上百", dtypes=False)
def large_logits(impl, t: Tools):
    sequence, token = t.module(impl.SequenceClassifier, 6, 3), t.module(impl.TokenClassifier, 6, 4)
    sequence.classifier.bias.data = torch.tensor([300.0, -250.0, 0.0])
    token.classifier.bias.data = torch.tensor([300.0, 0.0, -200.0, 100.0])
    hidden = t.randn(2, 3, 6)
    return [
        sequence.loss(hidden, torch.tensor([1, 2])),
        sequence.loss(hidden, torch.tensor([[0, 1, 1], [1, 1, 0]])),
        token.loss(hidden, torch.tensor([[2, -100, 1], [-100, 2, 0]])),
    ]
