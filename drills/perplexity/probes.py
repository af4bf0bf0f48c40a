"""Hidden tests of `perplexity`, with a model whose prediction depends on everything in its window.

The model notes what it was given and in which state it ran. It is made here, and the result is a float: there
is nothing to differentiate and nothing to cast.
"""

import torch
from torch import nn

from llmprep.judge.probes import Tools, probe


class Shrink(nn.Module):
    """What dropout is in other models: a part with a mode of its own."""

    def forward(self, logits):
        return logits * 0.3 if self.training else logits


class Model(nn.Module):
    """The running mean of embeddings so far, times a matrix; training changes it, as dropout would."""

    def __init__(self, t: Tools, vocabulary: int = 11, scale: float = 3.0, dtype=torch.float32):
        super().__init__()
        self.vectors = nn.Parameter(t.randn(vocabulary, 6))
        self.head = nn.Parameter(t.randn(6, vocabulary, scale=scale))
        self.dtype = dtype
        self.shrink = Shrink()
        self.calls: list[list[list[int]]] = []
        self.states: set[str] = set()

    def forward(self, ids):
        self.calls.append(ids.tolist())
        self.states |= {
            f"training {self.training} {self.shrink.training}",
            f"gradients {torch.is_grad_enabled()}",
        }
        seen = self.vectors[ids].cumsum(1)
        mean = seen / torch.arange(1, ids.shape[1] + 1)[:, None]
        return self.shrink((mean @ self.head).to(self.dtype))


def documents(t: Tools, *lengths: int):
    return [t.randint(0, 11, length) for length in lengths]


@probe(
    en="Documents of different length, one window each",
    zh="长短不一的文档，各一个窗口",
    dtypes=False,
    no_grad=True,
)
def one_window(impl, t: Tools):
    model = Model(t)
    return [impl.perplexity(model, documents(t, 9, 3, 6, 2), 12, 4), model.calls]


@probe(en="One long document in overlapping windows", zh="一篇长文档，窗口有重叠", dtypes=False, no_grad=True)
def overlapping(impl, t: Tools):
    seen = []
    for length, longest, stride in ((23, 8, 5), (20, 7, 2), (15, 6, 1), (17, 5, 4)):
        model = Model(t)
        seen.append([impl.perplexity(model, documents(t, length), longest, stride), model.calls])
    return seen


@probe(en="Long and short documents together", zh="长短文档混在一起", dtypes=False, no_grad=True)
def mixed(impl, t: Tools):
    model = Model(t)
    return [impl.perplexity(model, documents(t, 19, 2, 8, 31, 5), 9, 4), model.calls]


@probe(en="A document that ends where a window ends", zh="文档正好在窗口末尾结束", dtypes=False, no_grad=True)
def exact_end(impl, t: Tools):
    model = Model(t)
    seen = [impl.perplexity(model, documents(t, length), 8, 4) for length in (8, 12, 9, 16)]
    return [seen, model.calls]


@probe(en="Documents of one token or none", zh="只有一个 token 或为空的文档", dtypes=False, no_grad=True)
def short(impl, t: Tools):
    model = Model(t)
    return [impl.perplexity(model, documents(t, 1, 4, 0, 13, 1), 6, 3), model.calls]


@probe(
    en="Logits in bfloat16, and in the hundreds", zh="logits 是 bfloat16，或上百", dtypes=False, no_grad=True
)
def half_precision(impl, t: Tools):
    coarse = Model(t, scale=5.0, dtype=torch.bfloat16)
    seen = [impl.perplexity(coarse, documents(t, length), 10, 6) for length in (4, 5, 7, 13)]
    model = Model(t)
    model.head.data *= 100
    model.vectors.data[:] = model.vectors.data[:1] * 0.01 + model.vectors.data * 0.004
    model.vectors.data[:, 0] += 2  # one large logit, the same everywhere
    model.head.data[0] = 0
    model.head.data[0, 0] = 100
    return [*seen, impl.perplexity(model, [t.randint(0, 1, 9)], 6, 2)]


@probe(
    en="Eval mode, no gradients, and the mode afterwards",
    zh="eval 模式、不记录梯度，以及结束后的模式",
    dtypes=False,
    no_grad=True,
)
def mode(impl, t: Tools):
    seen = []
    with torch.enable_grad():
        for training in (True, False):
            model = Model(t).train(training)
            value = impl.perplexity(model, documents(t, 12, 5), 7, 3)
            seen.append(
                [value, sorted(model.states), model.training, model.shrink.training, torch.is_grad_enabled()]
            )
    return seen


@probe(en="What is refused", zh="应当报错的情形", dtypes=False, no_grad=True)
def refused(impl, t: Tools):
    model, texts = Model(t), documents(t, 9)
    return [
        t.raises(lambda: impl.perplexity(model, texts, 6, 0), ValueError),
        t.raises(lambda: impl.perplexity(model, texts, 6, 6), ValueError),
        t.raises(lambda: impl.perplexity(model, texts, 4, 9), ValueError),
        t.raises(lambda: impl.perplexity(model, texts, 6, -2), ValueError),
        t.raises(lambda: impl.perplexity(model, documents(t, 1, 0), 6, 3), ValueError),
        t.raises(lambda: impl.perplexity(model, [], 6, 3), ValueError),
        impl.perplexity(model, texts, 2, 1),
    ]
