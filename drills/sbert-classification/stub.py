from torch import Tensor, nn


class SBERT(nn.Module):
    """One encoder for both texts, and a softmax classifier on (u, v, |u − v|)."""

    def __init__(self, encoder: nn.Module, d: int, num_labels: int):
        super().__init__()
        raise NotImplementedError

    def embed(self, ids: Tensor, attention_mask: Tensor) -> Tensor:
        """ids, mask (B, T) -> sentence vectors (B, d)."""
        raise NotImplementedError

    def forward(self, ids_a: Tensor, mask_a: Tensor, ids_b: Tensor, mask_b: Tensor) -> Tensor:
        """Two batches of texts (B, T_a), (B, T_b) -> logits (B, num_labels)."""
        raise NotImplementedError

    def loss(self, ids_a: Tensor, mask_a: Tensor, ids_b: Tensor, mask_b: Tensor, labels: Tensor) -> Tensor:
        """labels (B,) -> a scalar."""
        raise NotImplementedError

    def similarity(self, ids_a: Tensor, mask_a: Tensor, ids_b: Tensor, mask_b: Tensor) -> Tensor:
        """What is used after training -> (B,)."""
        raise NotImplementedError
