"""Segments by a one-hot product, the padding row guarded by hand instead of padding_idx."""

import torch
import torch.nn.functional as F
from torch import nn


class BertEmbeddings(nn.Module):
    def __init__(
        self, vocab_size, d_model, max_length=512, num_segments=2, pad_id=0
    ):
        super().__init__()
        self.pad_id = pad_id
        self.token = nn.Embedding(vocab_size, d_model)
        self.token.weight.data[pad_id] = 0
        self.position = nn.Embedding(max_length, d_model)
        self.segment = nn.Embedding(num_segments, d_model)
        self.norm = nn.LayerNorm(d_model, 1e-12)

    def forward(self, ids, segment_ids=None):
        words = self.token.weight[ids]
        words = torch.where(
            (ids == self.pad_id)[..., None], words.detach(), words
        )
        if segment_ids is None:
            segment_ids = torch.zeros_like(ids)
        kinds = (
            F.one_hot(segment_ids, self.segment.num_embeddings).to(words.dtype)
            @ self.segment.weight
        )
        places = torch.stack(
            [self.position.weight[i] for i in range(ids.size(-1))]
        )
        return self.norm(words + places + kinds)
