import torch
import torch.nn.functional as F
from torch import nn


class SBERT(nn.Module):
    def __init__(self, encoder, d, num_labels):
        super().__init__()
        self.add_module("encoder", encoder)
        self.classifier = nn.Linear(3 * d, num_labels, False)
        self.criterion = nn.CrossEntropyLoss()

    def embed(self, ids, attention_mask):
        h = self.encoder(ids, attention_mask)
        h = h.masked_fill(attention_mask.unsqueeze(-1) == 0, 0.0)
        return h.sum(1) / attention_mask.sum(1)[:, None]

    def both(self, ids_a, mask_a, ids_b, mask_b):
        T = max(ids_a.size(1), ids_b.size(1))
        ids = torch.cat([F.pad(x, (0, T - x.size(1))) for x in (ids_a, ids_b)])
        mask = torch.cat(
            [F.pad(x, (0, T - x.size(1))) for x in (mask_a, mask_b)]
        )
        return self.embed(ids, mask).chunk(2)

    def forward(self, *texts):
        u, v = self.both(*texts)
        return self.classifier(
            torch.hstack([u, v, torch.maximum(u, v) - torch.minimum(u, v)])
        )

    def loss(self, ids_a, mask_a, ids_b, mask_b, labels):
        return self.criterion(self(ids_a, mask_a, ids_b, mask_b), labels)

    def similarity(self, *texts):
        u, v = self.both(*texts)
        return (u * v).sum(-1) / (u.norm(dim=-1) * v.norm(dim=-1))
