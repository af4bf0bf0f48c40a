import torch
from torch import nn


class SBERT(nn.Module):
    def __init__(self, encoder, d, num_labels):
        super().__init__()
        self.d = d
        self.encoder = encoder
        self.classifier = nn.Linear(d * 3, num_labels, bias=False)

    def embed(self, ids, attention_mask):
        h = self.encoder(ids, attention_mask)
        w = attention_mask / attention_mask.sum(-1, keepdim=True)
        return torch.bmm(w.unsqueeze(1).to(h.dtype), h).squeeze(1)

    def forward(self, ids_a, mask_a, ids_b, mask_b):
        u = self.embed(ids_a, mask_a)
        v = self.embed(ids_b, mask_b)
        W_u, W_v, W_d = self.classifier.weight.split(self.d, dim=1)
        return u @ W_u.T + v @ W_v.T + torch.abs(v - u) @ W_d.T

    def loss(self, ids_a, mask_a, ids_b, mask_b, labels):
        log_p = self.forward(ids_a, mask_a, ids_b, mask_b).log_softmax(-1)
        return -log_p.gather(1, labels[:, None]).mean()

    def similarity(self, ids_a, mask_a, ids_b, mask_b):
        u = nn.functional.normalize(self.embed(ids_a, mask_a), dim=1)
        v = nn.functional.normalize(self.embed(ids_b, mask_b), dim=1)
        return (u * v).sum(1)
