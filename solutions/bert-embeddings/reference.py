"""The input layer of BERT (Devlin et al. 2018, §3, Figure 2)."""

import torch
from torch import Tensor, nn


class BertEmbeddings(nn.Module):
    """LayerNorm(token + position + segment), all three tables learned."""

    def __init__(
        self,
        vocab_size: int,
        d_model: int,
        max_length: int = 512,
        num_segments: int = 2,
        pad_id: int = 0,
    ):
        super().__init__()
        self.token = nn.Embedding(vocab_size, d_model, padding_idx=pad_id)
        self.position = nn.Embedding(max_length, d_model)
        self.segment = nn.Embedding(num_segments, d_model)
        self.norm = nn.LayerNorm(d_model, eps=1e-12)

    def forward(self, ids: Tensor, segment_ids: Tensor | None = None) -> Tensor:
        """Shapes: ids, segment_ids (B, T) -> (B, T, d_model)."""
        if segment_ids is None:
            segment_ids = torch.zeros_like(ids)
        positions = torch.arange(ids.size(1), device=ids.device)  # (T,)
        summed = (
            self.token(ids)  # (B, T, d_model): which word
            + self.position(positions)  # (T, d_model): where
            + self.segment(segment_ids)  # (B, T, d_model): in which text
        )
        return self.norm(summed)
