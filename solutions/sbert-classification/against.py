"""Mean pooling and SoftmaxLoss of sentence-transformers, same encoder."""

import torch
from torch import nn

COUNTERPART = "sentence_transformers.sentence_transformer.losses.SoftmaxLoss"


class Encoder(nn.Module):
    """Any encoder will do; this one looks up tokens."""

    def __init__(self):
        super().__init__()
        self.token = nn.Embedding(13, 6)

    def forward(self, ids, attention_mask):
        return torch.tanh(self.token(ids))


def pairs(implementation, seed):
    """Vectors, logits, loss and cosine of the same pairs."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.losses import SoftmaxLoss
    from sentence_transformers.sentence_transformer.modules import Pooling
    from sentence_transformers.util import pairwise_cos_sim

    torch.manual_seed(seed)
    ours = implementation.SBERT(Encoder(), 6, 3)
    theirs = Looking(ours.encoder, Pooling(6, "mean"))
    model = SentenceTransformer(modules=[theirs], device="cpu")
    objective = SoftmaxLoss(model, 6, 3)
    with torch.no_grad():
        objective.classifier.weight.copy_(ours.classifier.weight)
        objective.classifier.bias.zero_()
    a, b, labels = texts(7), texts(5), torch.randint(0, 3, (4,))
    features = [
        {"input_ids": ids, "attention_mask": mask} for ids, mask in (a, b)
    ]
    (u, v), logits = objective([dict(text) for text in features], None)
    yield "u", ours.embed(*a), u
    yield "v", ours.embed(*b), v
    yield "logits", ours(*a, *b), logits
    yield "loss", ours.loss(*a, *b, labels), objective(features, labels)
    yield "cosine", ours.similarity(*a, *b), pairwise_cos_sim(u, v)


class Looking(nn.Module):
    """An encoder and a pooling as one module of a SentenceTransformer."""

    def __init__(self, encoder, pooling):
        super().__init__()
        self.encoder, self.pooling = encoder, pooling

    def forward(self, features):
        ids, mask = features["input_ids"], features["attention_mask"]
        hidden = self.encoder(ids, mask)
        return self.pooling({**features, "token_embeddings": hidden})


def texts(length):
    """Random ids (4, length) and their mask, padded on the right."""
    counts = torch.randint(1, length + 1, (4, 1))
    mask = (torch.arange(length) < counts).long()
    return torch.randint(0, 13, (4, length)), mask
