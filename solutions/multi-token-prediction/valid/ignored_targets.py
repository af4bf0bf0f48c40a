import torch
from torch import nn


class MultiTokenPrediction(nn.Module):
    def __init__(self, d_model, embedding, block, head):
        super().__init__()
        self.norm_hidden = nn.RMSNorm([d_model], eps=1e-6)
        self.norm_embedding = nn.RMSNorm([d_model], eps=1e-6)
        self.projection = nn.Linear(d_model * 2, d_model, bias=False)
        self.embedding = embedding
        self.block = block
        self.head = head

    def forward(self, hidden, tokens):
        e = self.embedding(tokens)
        pair = [self.norm_hidden(hidden), self.norm_embedding(e)]
        out = self.block(self.projection(torch.concat(pair, 2)))
        return out, self.head(out)


def mtp_loss(modules, hidden, ids, weight):
    loss = nn.CrossEntropyLoss(ignore_index=-1)
    nothing = torch.full_like(ids[:, :1], -1)
    terms = []
    tokens = ids
    for module in modules:
        tokens = tokens[:, 1:]
        hidden, logits = module(hidden[:, :-1], tokens)
        target = torch.cat((tokens[:, 1:], nothing), 1)
        terms.append(loss(logits.transpose(1, 2), target))
    return weight * sum(terms) / len(terms)
