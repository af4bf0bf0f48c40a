from torch import Tensor, nn


class BertEncoder(nn.Module):
    """embeddings (token, position, segment, norm), layers (self_attention, feed_forward, norm_1, norm_2)."""

    def __init__(
        self,
        vocab_size: int,
        d_model: int,
        num_heads: int,
        d_ff: int,
        num_layers: int,
        max_length: int = 512,
        num_segments: int = 2,
        pad_id: int = 0,
    ):
        super().__init__()
        raise NotImplementedError

    def forward(
        self, ids: Tensor, attention_mask: Tensor | None = None, segment_ids: Tensor | None = None
    ) -> Tensor:
        """ids, attention_mask, segment_ids (B, T) -> (B, T, d_model)."""
        raise NotImplementedError
