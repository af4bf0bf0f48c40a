from torch import Tensor, nn


class Pooler(nn.Module):
    """tanh of `dense` of the first token."""

    def __init__(self, d_model: int):
        super().__init__()
        raise NotImplementedError

    def forward(self, hidden: Tensor) -> Tensor:
        """hidden (B, T, d_model) -> (B, d_model)."""
        raise NotImplementedError


class NSPHead(nn.Module):
    """`pooler`, then `classifier`: class 0 means that B follows A."""

    def __init__(self, d_model: int):
        super().__init__()
        raise NotImplementedError

    def forward(self, hidden: Tensor) -> Tensor:
        """hidden (B, T, d_model) -> logits (B, 2)."""
        raise NotImplementedError


def pretraining_loss(mlm_logits: Tensor, mlm_labels: Tensor, nsp_logits: Tensor, is_next: Tensor) -> Tensor:
    """mlm_logits (B, T, V), mlm_labels (B, T), nsp_logits (B, 2), is_next (B,) boolean -> scalar."""
    raise NotImplementedError
