from torch import Tensor, nn


class BertEmbeddings(nn.Module):
    """LayerNorm(token + position + segment): the input of BERT's first layer."""

    def __init__(
        self, vocab_size: int, d_model: int, max_length: int = 512, num_segments: int = 2, pad_id: int = 0
    ):
        super().__init__()
        raise NotImplementedError

    def forward(self, ids: Tensor, segment_ids: Tensor | None = None) -> Tensor:
        """ids, segment_ids (B, T) -> (B, T, d_model)."""
        raise NotImplementedError
