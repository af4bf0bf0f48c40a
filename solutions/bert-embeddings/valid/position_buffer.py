"""Position ids registered once as a buffer and cut to length, as libraries do."""

import torch
from torch import nn


class BertEmbeddings(nn.Module):
    def __init__(
        self, vocab_size, d_model, max_length=512, num_segments=2, pad_id=0
    ):
        super().__init__()
        self.token = nn.Embedding(vocab_size, d_model, padding_idx=pad_id)
        self.position = nn.Embedding(max_length, d_model)
        self.segment = nn.Embedding(num_segments, d_model)
        self.norm = nn.LayerNorm(d_model, eps=1e-12)
        self.register_buffer(
            "position_ids",
            torch.arange(max_length).unsqueeze(0),
            persistent=False,
        )

    def forward(self, ids, segment_ids=None):
        length = ids.shape[1]
        position_ids = self.position_ids[:, :length].expand_as(ids)
        segment_ids = (
            ids.new_zeros(ids.shape) if segment_ids is None else segment_ids
        )
        x = self.segment(segment_ids)
        x += self.position(position_ids)
        x += self.token(ids)
        return self.norm(x)
