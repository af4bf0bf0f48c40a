"""Hidden tests of `SBERT`, around a small encoder whose hidden states depend on their neighbours.

What the encoder gives on padding is not zero. Texts a and b differ in length.
"""

import torch
from torch import nn

from llmprep.judge.probes import Tools, probe


class TinyEncoder(nn.Module):
    """Each token beside the mean of its text's real tokens; on padding as well."""

    def __init__(self, vocab_size, d):
        super().__init__()
        self.token = nn.Embedding(vocab_size, d)
        self.mix = nn.Linear(d, d, bias=False)

    def forward(self, ids, attention_mask):
        hidden, real = self.token(ids), attention_mask.unsqueeze(-1)
        context = (hidden * real).sum(1, keepdim=True) / real.sum(1, keepdim=True)
        return torch.tanh(self.mix(hidden) + context)


@probe(en="Sentence vectors, padding right and left", zh="句向量，padding 在右或在左")
def sentence_vectors(impl, t: Tools):
    model = t.module(impl.SBERT, TinyEncoder(11, 5), 5, 3)
    mask = block(7, (0, 0, 4), (7, 2, 3))
    return model.embed(t.randint(0, 11, 3, 7), mask)


@probe(en="Logits of pairs", zh="句对的 logits")
def logits(impl, t: Tools):
    return t.module(impl.SBERT, TinyEncoder(11, 5), d=5, num_labels=3)(*texts(t, 4))


@probe(en="The loss", zh="loss")
def loss(impl, t: Tools):
    model = t.module(impl.SBERT, TinyEncoder(11, 5), 5, 4)
    return model.loss(*texts(t, 6), t.randint(0, 4, 6))


@probe(en="The loss where the classifier is very sure", zh="分类头非常确信时的 loss", dtypes=False)
def confident(impl, t: Tools):
    model = t.module(impl.SBERT, TinyEncoder(11, 5), 5, 3)
    with torch.no_grad():
        model.classifier.weight.mul_(200.0)
    return model.loss(*texts(t, 5), t.randint(0, 3, 5))


@probe(en="Similarity after training", zh="训练之后的相似度")
def similarity(impl, t: Tools):
    return t.module(impl.SBERT, TinyEncoder(11, 5), 5, 3).similarity(*texts(t, 4))


@probe(en="The same text twice, padded differently", zh="同一条文本两次，padding 不同", no_grad=True)
def same_text(impl, t: Tools):
    model = t.module(impl.SBERT, TinyEncoder(11, 6), 6, 2)
    ids = t.randint(0, 11, 3, 4)
    longer = torch.cat((ids, t.randint(0, 11, 3, 2)), dim=1)
    pair = ids, block(4, (0, 0, 0), (4, 4, 4)), longer, block(6, (0, 0, 0), (4, 4, 4))
    return [model(*pair), model.similarity(*pair)]


@probe(en="The encoder is the one that was given", zh="编码器就是传入的那一个", no_grad=True, dtypes=False)
def same_encoder(impl, t: Tools):
    encoder = TinyEncoder(11, 5)
    model = impl.SBERT(encoder, 5, 3)
    return [model.encoder is encoder, sum(parameter.numel() for parameter in model.parameters())]


def texts(t, n):
    """A pair of batches: ids_a, mask_a, ids_b, mask_b, with lengths 6 and 4."""
    return *batch(t, n, 6), *batch(t, n, 4)


def batch(t, n, length):
    counts = t.randint(1, length + 1, n)
    counts[0], counts[1] = length, 1
    return t.randint(0, 11, n, length), (torch.arange(length) < counts[:, None]).long()


def block(length, starts, counts):
    """Masks (B, length) with `counts` ones from `starts` on."""
    positions, first = torch.arange(length), torch.tensor(starts)[:, None]
    return ((positions >= first) & (positions < first + torch.tensor(counts)[:, None])).long()
