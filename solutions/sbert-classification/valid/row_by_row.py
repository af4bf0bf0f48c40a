import torch
from torch import nn


class SBERT(nn.Module):
    def __init__(self, encoder, d, num_labels):
        super().__init__()
        self.encoder = encoder
        self.classifier = nn.Linear(3 * d, num_labels, bias=False)

    def embed(self, ids, attention_mask):
        hidden = self.encoder(ids, attention_mask)
        return torch.stack(
            [h[m == 1].mean(0) for h, m in zip(hidden, attention_mask)]
        )

    def forward(self, ids_a, mask_a, ids_b, mask_b):
        u, v = self.embed(ids_a, mask_a), self.embed(ids_b, mask_b)
        return torch.stack(
            [
                self.classifier(torch.cat([x, y, (x - y).abs()]))
                for x, y in zip(u, v)
            ]
        )

    def loss(self, ids_a, mask_a, ids_b, mask_b, labels):
        z = self(ids_a, mask_a, ids_b, mask_b)
        rows = [
            torch.logsumexp(r, 0) - r[y] for r, y in zip(z, labels.tolist())
        ]
        return sum(rows) / len(rows)

    def similarity(self, ids_a, mask_a, ids_b, mask_b):
        u, v = self.embed(ids_a, mask_a), self.embed(ids_b, mask_b)
        return torch.stack(
            [torch.cosine_similarity(x, y, dim=0) for x, y in zip(u, v)]
        )
